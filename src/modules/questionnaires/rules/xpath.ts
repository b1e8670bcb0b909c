// The part of XPath that forms of other tools use in conditions: read into a tree by a small parser of our own (0035). An established one
// evaluates against a document or carries a grammar larger than this module; here nothing is evaluated, only understood.

export type Expression =
  | { readonly is: 'or' | 'and'; readonly of: readonly Expression[] }
  | { readonly is: 'compare'; readonly by: '=' | '!=' | '<' | '<=' | '>' | '>='; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'call'; readonly name: string; readonly of: readonly Expression[] }
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'self' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  /** Written in brackets: what stands inside stays together. */
  | { readonly is: 'brackets'; readonly of: Expression };

const tokens = /\s+|\$\{\s*([^{}\s]+)\s*\}|'([^']*)'|"([^"]*)"|(\d+(?:\.\d+)?)|(!=|<=|>=|[=<>(),-])|(\.(?![\d.]))|([A-Za-z][A-Za-z0-9_-]*)/y;
const longest = 4_000;
const deepest = 30;

interface Token {
  readonly sort: 'field' | 'text' | 'number' | 'sign' | 'self' | 'word';
  readonly text: string;
}

function tokensOf(text: string): Token[] | null {
  const found: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const match = tokens.exec(text);
    if (match === null) return null;
    const [, field, single, double, number, sign, self, word] = match;
    if (field !== undefined) found.push({ sort: 'field', text: field });
    else if (single !== undefined || double !== undefined) found.push({ sort: 'text', text: single ?? double ?? '' });
    else if (number !== undefined) found.push({ sort: 'number', text: number });
    else if (sign !== undefined) found.push({ sort: 'sign', text: sign });
    else if (self !== undefined) found.push({ sort: 'self', text: self });
    else if (word !== undefined) found.push({ sort: 'word', text: word });
  }
  return found;
}

class Unreadable extends Error {}

/** The tree of an expression; null for what is none, or uses more of the language than we read. */
export function parseExpression(text: string): Expression | null {
  const all = text.length > longest ? null : tokensOf(text);
  if (all === null || all.length === 0) return null;
  try {
    const reader = new Reader(all);
    const tree = reader.readOr(0);
    return reader.isAtEnd() ? tree : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** A place in the tokens that moves on: the one thing here with a lifetime. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  readOr(depth: number): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#readComparison(depth)));
  }

  #joined(word: 'or' | 'and', read: () => Expression): Expression {
    const of = [read()];
    while (this.#take('word', word)) of.push(read());
    const [first] = of;
    return of.length === 1 && first !== undefined ? first : { is: word, of };
  }

  #readComparison(depth: number): Expression {
    const left = this.#readOne(depth);
    const sign = this.#tokens[this.#at];
    if (sign?.sort !== 'sign') return left;
    const by = (['=', '!=', '<', '<=', '>', '>='] as const).find((one) => one === sign.text);
    if (by === undefined) return left;
    this.#at += 1;
    return { is: 'compare', by, left, right: this.#readOne(depth) };
  }

  #readOne(depth: number): Expression {
    if (depth > deepest) throw new Unreadable();
    const token = this.#tokens[this.#at];
    this.#at += 1;
    switch (token?.sort) {
      case 'field':
        return { is: 'field', name: token.text };
      case 'text':
        return { is: 'text', text: token.text };
      case 'number':
        return { is: 'number', number: Number(token.text) };
      case 'self':
        return { is: 'self' };
      case 'word':
        return this.#readCall(token.text, depth);
      case 'sign':
        return this.#readSign(token.text, depth);
      case undefined:
        throw new Unreadable();
    }
  }

  #readSign(sign: string, depth: number): Expression {
    if (sign === '-') {
      const number = this.#readOne(depth + 1);
      if (number.is === 'number') return { is: 'number', number: -number.number };
    }
    if (sign !== '(') throw new Unreadable();
    const of = this.readOr(depth + 1);
    this.#demand(')');
    return { is: 'brackets', of };
  }

  #readCall(name: string, depth: number): Expression {
    this.#demand('(');
    const of: Expression[] = [];
    if (this.#take('sign', ')')) return { is: 'call', name, of };
    do of.push(this.readOr(depth + 1));
    while (this.#take('sign', ','));
    this.#demand(')');
    return { is: 'call', name, of };
  }

  #take(sort: Token['sort'], text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.sort !== sort || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #demand(sign: string): void {
    if (!this.#take('sign', sign)) throw new Unreadable();
  }
}
