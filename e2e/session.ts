// Turns a one-time link into the value of a session cookie.
export async function redeem(address: string, link: string): Promise<string> {
  const response = await fetch(`${address}/api/sign-in-links/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() },
    body: JSON.stringify({ token: link.split('#')[1] }),
  });
  if (!response.ok) throw new Error(`a one-time link was refused: ${await response.text()}`);
  return /fuwuyue=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}
