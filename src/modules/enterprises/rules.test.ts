// Codes against the published vectors and the arithmetic of the standards; lists as people really paste them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUscc, nameBigrams, nameKeyOf, normaliseUscc, organisationCheckCharacter, parseEnterpriseList, usccCheckCharacter } from './rules.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const published = ['914403001922038216', '9144030071526726XG', '91330100799655058B', '91110000802100433B'];
const synthetic = ['91990001000000019G', '91990002000000027R', '919900030000000353'];
const [first = '', second = '', third = ''] = synthetic;

/** A well-formed code of a region that does not exist. */
function codeOf(organisation: number): string {
  const eight = String(organisation).padStart(8, '0');
  const first17 = `91990001${eight}${organisationCheckCharacter(eight) ?? ''}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
}

describe('统一社会信用代码', () => {
  it.each([...published, ...synthetic])('accepts %s', (code) => {
    expect(isUscc(code)).toBe(true);
  });

  it('reaches all 31 check characters, letters included', () => {
    const reached = new Set<string>();
    for (let organisation = 1; organisation < 1_000; organisation += 1) {
      const code = codeOf(organisation);
      expect(isUscc(code)).toBe(true);
      reached.add(code.slice(17));
    }
    expect([...reached].sort().join('')).toBe(alphabet);
  });

  it('catches every change of a single character', () => {
    for (const code of [...published, ...synthetic]) {
      for (const position of code.split('').keys()) {
        for (const symbol of alphabet.replace(code[position] ?? '', '')) {
          expect(isUscc(code.slice(0, position) + symbol + code.slice(position + 1))).toBe(false);
        }
      }
    }
  });

  it('catches every swap of two unlike neighbours', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), (organisation) => {
      const code = codeOf(organisation);
      for (let position = 0; position < 17; position += 1) {
        const [left, right] = [code.charAt(position), code.charAt(position + 1)];
        if (left !== right) expect(isUscc(code.slice(0, position) + right + left + code.slice(position + 2))).toBe(false);
      }
    }), { numRuns: 100 });
  });

  it.each(['', '9144030019220382', '9144030019220382166', '91440300192203821I', '91440300192203821O', '杭州某某科技有限公司', '000000000000000000'])('refuses %s', (text) => {
    expect(isUscc(text)).toBe(false);
  });

  it('does not take the code of a person for the code of an enterprise', () => {
    expect(isUscc('11010519491231002X')).toBe(false);
  });

  it.each([
    ['９１３３０１００７９９６５５０５８Ｂ', '91330100799655058B'],
    [' 91330100799655058b ', '91330100799655058B'],
    ['9133 0100 7996 5505 8B', '91330100799655058B'],
    ['913301-00799655058B', '91330100799655058B'],
  ])('reads %s as typed by people', (typed, code) => {
    expect(normaliseUscc(typed)).toBe(code);
  });
});

describe('names', () => {
  it('are compared without width, case, blanks and punctuation', () => {
    expect(nameKeyOf('ＡＢＣ（杭州） 科技·有限公司')).toBe(nameKeyOf('abc(杭州)科技有限公司'));
  });

  it('are indexed by pairs of neighbours, each once', () => {
    expect(nameBigrams('甲乙甲乙')).toEqual(['乙甲', '甲乙'].sort());
    expect(nameBigrams('甲')).toEqual(['甲']);
    expect(nameBigrams('　')).toEqual([]);
  });

  it('contain the pairs of every part of them', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('甲', '乙', '丙', '科', '技', 'a') , minLength: 2, maxLength: 12 }), fc.nat(10), (name, at) => {
      const part = name.slice(at % (name.length - 1), (at % (name.length - 1)) + 3);
      const pairs = new Set(nameBigrams(name));
      expect(nameBigrams(part).every((pair) => pairs.has(pair))).toBe(true);
    }));
  });
});

describe('a pasted list', () => {
  const expected = [
    { uscc: first, name: '示例甲科技有限公司', reason: null },
    { uscc: second, name: '示例乙制造有限公司', reason: null },
  ];

  it.each([
    ['tabs', `${first}\t示例甲科技有限公司\n${second}\t示例乙制造有限公司`],
    ['tabs, name first', `示例甲科技有限公司\t${first}\r\n示例乙制造有限公司\t${second}\r\n`],
    ['commas', `示例甲科技有限公司,${first}\n示例乙制造有限公司，${second}`],
    ['blanks', `1 示例甲科技有限公司 ${first}\n2 示例乙制造有限公司 ${second}`],
    ['semicolons', `${first}；示例甲科技有限公司\n${second};示例乙制造有限公司`],
    ['a header and a numbering column', `序号\t企业名称\t统一社会信用代码\n1\t示例甲科技有限公司\t${first}\n2\t示例乙制造有限公司\t${second}`],
    ['a header of words', `序号 企业名称 统一社会信用代码\n1 示例甲科技有限公司 ${first}\n2 示例乙制造有限公司 ${second}`],
    ['a title, other columns and blank lines', `参会企业名单\n\n序号\t单位名称\t联系人\t联系电话\t信用代码（18位）\t地址\n\n1\t示例甲科技有限公司\t张三\t13800000000\t${first}\t示范路1号\n\t\t\t\t\t\n2\t示例乙制造有限公司\t李四\t13800000001\t${second}\t示范路2号\n`],
    ['other columns without a header', `张三\t示例甲科技有限公司\t${first}\n李四\t示例乙制造有限公司\t${second}`],
    ['full-width digits and lower case', `示例甲科技有限公司\t９１９９０００１０００００００１９ｇ\n示例乙制造有限公司\t${second.toLowerCase()}`],
    ['numbers before names', `1. 示例甲科技有限公司\t${first}\n（2）示例乙制造有限公司\t${second}`],
    ['codes in brackets behind names', `示例甲科技有限公司（${first}）\n示例乙制造有限公司 统一社会信用代码：${second}`],
    ['quotes', `"示例甲科技有限公司","${first}"\n"示例乙制造有限公司","${second}"`],
    ['invisible characters', `\uFEFF示例甲科技有限公司\t\u200B${first}\n示例乙制造有限公司\t${second}\u200B`],
    ['codes in groups of four', `示例甲科技有限公司\t${first.replace(/(.{4})/g, '$1 ')}\n示例乙制造有限公司\t${second}`],
  ])('is read with %s', (_how, text) => {
    expect(parseEnterpriseList(text)).toEqual({ attendances: expected, doubts: [] });
  });

  it('takes a name without a code, and doubts it', () => {
    expect(parseEnterpriseList('示例甲科技有限公司\n360示例网络公司')).toEqual({
      attendances: [
        { uscc: null, name: '示例甲科技有限公司', reason: 'unknown_on_site' },
        { uscc: null, name: '360示例网络公司', reason: 'unknown_on_site' },
      ],
      doubts: [
        { line: 1, rule: 'code_missing', text: '示例甲科技有限公司' },
        { line: 2, rule: 'code_missing', text: '360示例网络公司' },
      ],
    });
  });

  it('names the line of a code that fails its check', () => {
    const wrong = `${first.slice(0, 17)}H`;
    expect(parseEnterpriseList(`名称\t代码\n示例甲科技有限公司\t${wrong}`)).toEqual({
      attendances: [{ uscc: null, name: '示例甲科技有限公司', reason: 'unknown_on_site' }],
      doubts: [{ line: 2, rule: 'code_wrong', text: wrong }],
    });
  });

  it('knows a code that Excel turned into a power of ten', () => {
    expect(parseEnterpriseList(`示例丙有限公司\t9.1990E+17`).doubts).toEqual([{ line: 1, rule: 'code_in_scientific_notation', text: '9.1990E+17' }]);
  });

  it('leaves out what is listed twice, and says so', () => {
    const list = parseEnterpriseList(`示例甲科技有限公司\t${first}\n示例甲科技有限公司\t${first}\n示例甲（集团）\t${first}\n示例丙有限公司\n示例丙有限公司`);
    expect(list.attendances.map((one) => one.name)).toEqual(['示例甲科技有限公司', '示例丙有限公司']);
    expect(list.doubts.map(({ line, rule }) => [line, rule])).toEqual([[2, 'listed_twice'], [3, 'listed_twice_with_other_name'], [4, 'code_missing'], [5, 'listed_twice']]);
  });

  it('gives a name its code when a later line has it', () => {
    const list = parseEnterpriseList(`示例丙有限公司\n示例丙有限公司\t${third}`);
    expect(list.attendances).toEqual([{ uscc: third, name: '示例丙有限公司', reason: null }]);
  });

  it('says where a name is missing or too long', () => {
    const list = parseEnterpriseList(`${first}\n${'长'.repeat(101)}公司\t${second}\n13800000000`);
    expect(list.attendances).toEqual([]);
    expect(list.doubts.map(({ line, rule }) => [line, rule])).toEqual([[1, 'name_missing'], [2, 'name_too_long'], [3, 'not_understood']]);
  });

  it('never fails, never takes a code twice, and takes no code that is wrong', () => {
    const cell = fc.oneof(fc.constantFrom(first, second, '示例甲科技有限公司', '序号', '企业名称', '1', '', '9.1E+17', '"', '（', '=1+1'), fc.string({ maxLength: 30 }));
    const line = fc.tuple(fc.array(cell, { maxLength: 5 }), fc.constantFrom('\t', ',', ' ', '，')).map(([cells, separator]) => cells.join(separator));
    fc.assert(fc.property(fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n')), (text) => {
      const { attendances, doubts } = parseEnterpriseList(text);
      const codes = attendances.flatMap((one) => (one.uscc === null ? [] : [one.uscc]));
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes.every((code) => isUscc(code))).toBe(true);
      expect(attendances.every((one) => one.name !== '' && one.name.length <= 100)).toBe(true);
      expect(doubts.every(({ line: at }) => at >= 1 && at <= text.split('\n').length)).toBe(true);
    }), { numRuns: 300 });
  });
});
