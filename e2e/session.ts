// Turns a one-time link into the value of a session cookie.
export async function redeem(address: string, link: string): Promise<string> {
  const [path = '', token] = link.split('#');
  // Enterprises of the demonstration come in by a code, without a password.
  const uscc = /[?]uscc=([^&]+)/.exec(path)?.[1];
  const [endpoint, input] = uscc === undefined ? ['/api/sign-in-links/use', { token }] : ['/api/firm/start', { uscc, code: token, password: null }];
  const response = await fetch(`${address}${endpoint}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() }, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`a one-time link was refused: ${await response.text()}`);
  return /fuwuyue=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}
