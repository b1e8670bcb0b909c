// What a list of choices gives back as text, as the choice it is: models come to the browser with their options, without their schemas.
export function chosen<T extends string>({ options }: { readonly options: readonly T[] }, value: string): T {
  const found = options.find((one) => one === value) ?? options[0];
  if (found === undefined) throw new Error('a choice among nothing');
  return found;
}
