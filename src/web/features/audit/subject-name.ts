// What an audit record calls its subject by: a name people know where the record holds one, else the number. Pure.
interface Recorded {
  readonly subjectId: string;
  readonly before: unknown;
  readonly after: unknown;
}

const names = ['title', 'displayName', 'signInName', 'name', 'label', 'fileName', 'indicator'] as const;
const longest = 40;

export function subjectName({ subjectId, before, after }: Recorded): string {
  for (const told of [after, before]) {
    if (typeof told !== 'object' || told === null) continue;
    for (const name of names) {
      const value: unknown = (told as { readonly [key: string]: unknown })[name];
      if (typeof value === 'string' && value !== '') return value.slice(0, longest);
    }
  }
  return subjectId.slice(0, 24);
}
