// What a template must be to hold together. Pure.
import type { Template } from './model.ts';

/** Stands in every file and on every page. */
export const templateNote = '本范本仅供企业参考，不是法律意见。使用前请结合本企业实际修改，重要的协议请咨询律师。方括号内为需要填写的内容。';

export function templateFaults({ blocks }: Pick<Template, 'blocks'>): string[] {
  return blocks.flatMap((block, index) => ('table' in block && block.table.rows.some((row) => row.length !== block.table.head.length) ? [`block ${index}: a row is not as wide as the head`] : []));
}
