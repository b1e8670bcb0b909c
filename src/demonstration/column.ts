// The public column of the demonstration: some made-up articles, each marked, one released table, and how the offices are reached.
import type { Tx } from '../kernel/database.ts';
import { insertArticle, insertArticleVersion, publish } from '../modules/column/queries.ts';
import type { ArticleBlock, ArticleDocument, ArticleKind, ColumnSettings } from '../modules/column/model.ts';
import { boundsOf, freezeContent, saveReleasedTables } from '../modules/column/releasing.ts';
import { hiddenIn } from '../modules/column/rules/suppression.ts';
import { getEditionByCode } from '../modules/editions/queries.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { personAt } from './people.ts';
import type { Scene } from './scenes.ts';
import type { Trail } from './trail.ts';

type Place = Pick<Scene, 'unitCode' | 'shortName' | 'children' | 'provinceCode' | 'parentCode' | 'depth' | 'p1' | 'p2' | 'p3' | 'name'>;

const text = (line: string): ArticleBlock => ({ type: 'paragraph', runs: [{ text: line, bold: false, link: null }] });
const heading = (line: string): ArticleBlock => ({ type: 'heading', level: 2, text: line });
const list = (...lines: string[]): ArticleBlock => ({ type: 'list', ordered: true, items: lines.map((line) => [{ text: line, bold: false, link: null }]) });

interface Written {
  readonly at: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly summary: string;
  readonly blocks: readonly ArticleBlock[];
}

const written: readonly Written[] = [
  {
    at: '2023-06-02T10:00:00.000+08:00', kind: 'news', title: '服务月启动：商业秘密保护进企业', summary: '各级市场监管部门在六月集中走访、宣讲和培训。',
    blocks: [text('首届企业商业秘密保护能力提升服务月六月启动，主题是“商业秘密保护进企业”。'), heading('做四件事'), list('走访企业，了解现状、问题和需求。', '宣传法规政策，扩大知晓面。', '指导培训，帮助企业建制度。', '收集意见建议，协调解决困难。'), text('本文为示例，内容是编造的。')],
  },
  {
    at: '2023-06-08T09:30:00.000+08:00', kind: 'guide', title: '企业保护商业秘密的八个步骤', summary: '从盘点清单到离职交接，按顺序做。',
    blocks: [list('盘点哪些信息是商业秘密，列出清单。', '确定密级、保管人和知悉范围。', '与员工签保密协议，写明范围和期限。', '与合作方签保密条款后再提供资料。', '管住电脑、云盘、样品和图纸。', '访客登记，参观路线避开涉密区域。', '离职时清点、交接、提醒保密义务。', '发现泄露，先固定证据，再报告和求助。'), text('本文为示例。')],
  },
  {
    at: '2023-06-12T15:00:00.000+08:00', kind: 'policy', title: '什么是商业秘密：三个条件', summary: '不为公众所知悉、具有商业价值、采取了保密措施。',
    blocks: [{ type: 'quote', runs: [{ text: '商业秘密，是指不为公众所知悉、具有商业价值并经权利人采取相应保密措施的技术信息、经营信息等商业信息。', bold: false, link: null }] }, text('三个条件缺一不可。没有采取保密措施的，难以得到保护。本文为示例，引用请以公布的法律文本为准。')],
  },
  {
    at: '2023-06-20T11:00:00.000+08:00', kind: 'news', title: '培训进园区，企业带着问题来', summary: '讲制度、讲案例，现场答疑。',
    blocks: [text('培训分两场，一场讲制度怎么建，一场讲案例怎么办。现场收集的意见已转有关处室研究。'), text('本文为示例，内容是编造的。')],
  },
];

export async function seedColumn(tx: Tx, { editionCode, nation, province, trail }: { readonly editionCode: string; readonly nation: Place; readonly province: Place | undefined; readonly trail: Trail }): Promise<void> {
  for (const [index, one] of written.entries()) await seedArticle(tx, editionCode, province !== undefined && index === written.length - 1 ? province : nation, one, trail);
  await seedSettings(tx, nation, trail);
  await seedRelease(tx, editionCode, nation, trail);
}

async function seedArticle(tx: Tx, editionCode: string, unit: Place, { at, kind, title, summary, blocks }: Written, trail: Trail): Promise<void> {
  const editor = personAt(unit, 'column_editor');
  const publisher = personAt(unit, 'column_publisher');
  const id = recordId(unit.provinceCode, identifierOf(`article ${title}`));
  const document: ArticleDocument = { title, summary, origin: unit.name, blocks: [...blocks], notBefore: null };
  const kept = { provinceCode: unit.provinceCode, unitCode: unit.unitCode, document: JSON.stringify(document) };
  await insertArticle(tx, { ...kept, id, editionCode, kind, state: 'published', version: 3, publishedVersion: 3, authors: [], sourceKind: null, sourceId: null, demonstration: true, createdBy: editor.accountId, savedByName: publisher.name, savedAt: at });
  const steps = [['drafted', editor, 'column.create_article'], ['offered', editor, 'column.offer'], ['published', publisher, 'column.publish']] as const;
  for (const [version, [change, by, action]] of steps.entries()) {
    await insertArticleVersion(tx, { ...kept, articleId: id, version: version + 1, change, reason: null, accountId: by.accountId, accountName: by.name, at });
    trail.add(by, at, { action, unitCode: unit.unitCode, subjectKind: 'article', subjectId: id, after: { title, version: version + 1 } });
  }
  await publish(tx, { article: { provinceCode: unit.provinceCode, id, unitCode: unit.unitCode, kind, demonstration: true }, document, version: 3, unit, now: at, pictures: [] });
}

async function seedSettings(tx: Tx, nation: Place, trail: Trail): Promise<void> {
  const at = '2023-06-01T09:00:00.000+08:00';
  const shown: ColumnSettings = { office: '演示商业秘密保护工作专班', telephone: '演示环境，不设电话', address: '', hours: '工作日 9:00 至 17:00', help: '这里是演示环境，不受理真实的求助。\n需要帮助请联系当地市场监督管理部门，或者拨打 12315。', licence: 'attribution' };
  const publisher = personAt(nation, 'column_publisher');
  await tx.insertInto('columnSetting').values({ provinceCode: 0, unitCode: nation.unitCode, shown: JSON.stringify(shown), proposed: null, proposedBy: null, proposedByName: null, proposedAt: null, approvedByName: publisher.name, changedAt: at, demonstration: true }).execute();
  trail.add(publisher, at, { action: 'column.approve_settings', unitCode: nation.unitCode, subjectKind: 'column_setting', subjectId: nation.unitCode, after: { office: shown.office } });
}

async function seedRelease(tx: Tx, editionCode: string, nation: Place, trail: Trail): Promise<void> {
  const [frozenAt, at] = ['2023-07-04T18:30:00.000+08:00', '2023-07-04T19:00:00.000+08:00'];
  const asOf = '2023-07-04';
  const content = await freezeContent(tx, editionCode, nation, 'ledger');
  const { definition } = await getEditionByCode(tx, editionCode);
  const hidden = hiddenIn({ asOf, nodes: content.nodes }, [], content.indicators.length, boundsOf(definition)) ?? new Set<string>();
  const id = recordId(0, identifierOf('release nation'));
  const official = personAt(nation, 'national_office');
  const publisher = personAt(nation, 'column_publisher');
  await tx.insertInto('columnRelease').values({
    provinceCode: 0, id, editionCode, unitCode: nation.unitCode, asOf, basis: 'ledger', content: JSON.stringify(content), state: 'released', hidden: JSON.stringify([...hidden]), reason: null, demonstration: true,
    frozenBy: official.accountId, frozenByName: official.name, frozenAt, decidedBy: publisher.accountId, decidedByName: publisher.name, decidedAt: at,
  }).execute();
  await saveReleasedTables(tx, { provinceCode: 0, id, editionCode, unitCode: nation.unitCode, asOf, basis: 'ledger', content, hidden, now: at });
  trail.add(official, frozenAt, { action: 'column.freeze', unitCode: nation.unitCode, subjectKind: 'column_release', subjectId: id, after: { asOf, basis: 'ledger', units: content.nodes.length } });
  trail.add(publisher, at, { action: 'column.release_table', unitCode: nation.unitCode, subjectKind: 'column_release', subjectId: id, after: { asOf, hidden: hidden.size } });
}
