// What counts as a marking of state secrets.
import { expect, it } from 'vitest';
import { bearsMarking } from './markings.ts';

it.each(['秘密★1年', '关于某事的通知（机密★）', '绝密★长期', '秘 密 ★ 3年', '秘\u200b密★', '机密　★　五年', '绝密☆'])('%s is one', (text) => expect(bearsMarking(text)).toBe(true));

it.each(['商业秘密保护服务月', '商业秘密★典型案例', '商业秘密 ★★★', '技术秘密', '机密性测试', '★秘密花园'])('%s is none', (text) => expect(bearsMarking(text)).toBe(false));
