// A local plan as a Word file.
import { packWord, wordClosing, wordHeading, wordTable, wordText, wordTitle } from '../../documents/word.ts';
import type { PlanContent, PlanTaskState } from './model.ts';

export interface PrintedPlan {
  readonly content: PlanContent;
  readonly unitName: string;
  /** 「2023年6月1日」 once it is issued; empty before. */
  readonly date: string;
  readonly marks: readonly string[];
  /** The edition's name of a kind of activity. */
  kindName(kind: string): string;
}

const states: { readonly [S in PlanTaskState]: string } = { to_do: '未开始', under_way: '进行中', done: '已完成' };
const cell = (text: string, align: 'left' | 'center' = 'left') => ({ text, rowSpan: 1, align });
const runs = (text: string) => [{ text, bold: false }];

export async function writePlan({ content: { title, goals, tasks, activities }, unitName, date, marks, kindName }: PrintedPlan): Promise<Uint8Array> {
  return packWord({
    title, author: unitName, marks,
    children: [
      ...wordTitle(title),
      wordHeading(1, '一、', runs('工作目标')), ...goals.split('\n').filter((line) => line.trim() !== '').map((line) => wordText(runs(line))),
      wordHeading(1, '二、', runs('责任分工')),
      ...wordTable({
        caption: '', head: ['序号', '任务', '责任单位', '责任人', '完成时限', '进展'], widths: [8, 40, 17, 11, 14, 10],
        rows: tasks.map(({ title: task, body, person, dueOn, state }, index) => [cell(String(index + 1), 'center'), cell(task), cell(body), cell(person), cell(dueOn ?? '', 'center'), cell(states[state], 'center')]),
      }),
      wordHeading(1, '三、', runs('活动安排')),
      ...wordTable({
        caption: '', head: ['日期', '类别', '活动', '地点'], widths: [16, 20, 40, 24],
        rows: activities.map(({ onDay, kind, title: activity, place }) => [cell(onDay, 'center'), cell(kindName(kind)), cell(activity), cell(place)]),
      }),
      ...(date === '' ? [] : wordClosing(unitName, date)),
    ],
  });
}
