import { describe, expect, it } from 'vitest';
import { unescaped } from './xml-text.ts';

describe('unescaped', () => {
  it('knows the five names and characters by number', () => {
    expect(unescaped('&lt;a&gt; &amp;&quot;&apos; &#20013;&#x56FD; &#x1F600;')).toBe('<a> &"\' 中国 😀');
  });

  it('leaves what it does not know, also what every object has a property of', () => {
    for (const text of ['&nbsp;', '&toString;', '&constructor;', '&valueOf;', '&#x110000;', '&#9999999;', '& &; &amp']) expect(unescaped(text)).toBe(text);
  });

  it('does not read what it has written', () => {
    expect(unescaped('&amp;lt;')).toBe('&lt;');
  });
});
