// Elements and text, nothing more: no markup is ever made from what a package says.
export type ReadonlyPair = readonly [chinese: string, english: string];

type Content = Node | string;

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: { readonly [name: string]: string }, ...content: readonly Content[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** Chinese, and English below it, smaller. */
export function pair([chinese, english]: ReadonlyPair): Node[] {
  return [element('span', { class: 'zh' }, chinese), element('span', { class: 'en', lang: 'en' }, english)];
}
