// The first draft of a report: the outline of the notice, full sentences, every number of the table bound to its cell. Says only
// what the table and the unit's own ledger say; where a person must write, a visible mark says what. Pure.
import type { CalendarDate } from '../../../shared/instant.ts';
import type { EditionDefinition, Indicator } from '../../editions/model.ts';
import type { Block, BoundFigure, FigureForm, FigureTable, HeadingLevel, ReportDocument, ReportKind, Run } from '../model.ts';
import { normalRuns, toFill } from '../rules.ts';

export interface LedgerEvent {
  readonly kind: string;
  readonly title: string;
  readonly occurredOn: CalendarDate;
  readonly attendances: number | null;
  /** Pictures behind it. */
  readonly pictures: readonly string[];
}

/** What the unit's own ledger says beside the table. */
export interface LedgerFacts {
  readonly entries: number;
  readonly firstOn: CalendarDate | null;
  readonly lastOn: CalendarDate | null;
  /** Largest by attendance first. */
  readonly events: readonly LedgerEvent[];
  /** How many entries of a kind chose an option of a field, most first. */
  readonly choices: readonly { readonly kind: string; readonly field: string; readonly option: string; readonly count: number }[];
  readonly sums: readonly { readonly kind: string; readonly field: string; readonly sum: number }[];
  readonly media: readonly { readonly title: string; readonly outlet: string }[];
  readonly cases: readonly { readonly title: string }[];
  readonly suggestions: readonly { readonly title: string }[];
}

export interface DraftInput {
  readonly kind: ReportKind;
  readonly edition: EditionDefinition;
  readonly unit: { readonly name: string; readonly depth: number; readonly upperName: string | null; readonly hasUnitsBelow: boolean };
  readonly figures: FigureTable;
  readonly ledger: LedgerFacts;
}

type Part = string | BoundFigure;

export function draftOf(input: DraftInput): ReportDocument {
  switch (input.kind) {
    case 'summary':
      return summaryOf(input);
    case 'research':
      return researchOf(input);
    case 'information':
      return informationOf(input);
  }
}

function figureOf(indicator: string, form: FigureForm = 'exact', scope: BoundFigure['scope'] = 'jurisdiction'): BoundFigure {
  return { indicator, scope, form };
}

function runsOf(parts: readonly Part[]): Run[] {
  return normalRuns(parts.map((part): Run => (typeof part === 'string' ? { text: part, bold: false } : { figure: part, bold: false })));
}

function heading(level: HeadingLevel, text: string): Block {
  return { type: 'heading', level, runs: [{ text, bold: false }] };
}

function paragraph(...parts: readonly Part[]): Block {
  return { type: 'paragraph', runs: runsOf(parts) };
}

function dayText(date: CalendarDate): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** 「企业商业秘密保护能力提升服务月」 as the notice calls it. */
function campaignOf(edition: EditionDefinition): string {
  return `“${/“([^”]+)”/.exec(edition.document.title)?.[1] ?? '服务月'}”`;
}

function actorsOf({ unit }: DraftInput): string {
  if (unit.depth === 0) return '各地市场监管部门';
  return unit.hasUnitsBelow ? '辖区各级市场监管部门' : '我局';
}

function has({ edition }: DraftInput, ...codes: readonly string[]): boolean {
  return codes.every((code) => edition.indicators.some((indicator) => indicator.code === code));
}

/** 参与人数、份数 are rounded in running text; what is counted one by one is not. */
function formIn(indicator: Indicator): FigureForm {
  return indicator.counting.measure === 'sum' && indicator.unit !== 'ITEM' ? 'rounded' : 'exact';
}

/** One row of the table as a clause: 「调研走访企业37家」, further cells after commas. */
function clauseOf(row: readonly Indicator[]): Part[] {
  return row.flatMap((indicator, index) => [
    index === 0 ? indicator.label : `，${indicator.label.replace(/^其中[,，]/, '其中')}`,
    figureOf(indicator.code, formIn(indicator)),
    indicator.unitWord,
  ]);
}

/** All rows of the table in one sentence, in the words of the annex. */
function tableSentence({ edition }: DraftInput, firstCellsOnly = false): Part[] {
  const numbers = [...new Set(edition.indicators.map(({ row }) => row))].sort((a, b) => a - b);
  const rows = numbers.map((number) => edition.indicators.filter(({ row }) => row === number));
  return rows.flatMap((row, index) => [...(index === 0 ? [] : ['；']), ...clauseOf(firstCellsOnly ? row.slice(0, 1) : row)]);
}

function optionName({ edition }: DraftInput, kind: string, field: string, option: string): string {
  const options = edition.kinds.find(({ code }) => code === kind)?.fields.find(({ code }) => code === field)?.options ?? [];
  return options.find(({ code }) => code === option)?.name.zh ?? option;
}

/** Names of the options chosen most, without 其他. */
function commonest(input: DraftInput, kind: string, field: string, most = 4): string[] {
  const chosen = input.ledger.choices.filter((one) => one.kind === kind && one.field === field && one.option !== 'other');
  return chosen.slice(0, most).map(({ option }) => optionName(input, kind, field, option));
}

function sumOf({ ledger }: DraftInput, kind: string, field: string): number {
  return ledger.sums.find((one) => one.kind === kind && one.field === field)?.sum ?? 0;
}

/** The unit's own largest events of these kinds: 「6月8日“…”（320人次）」. */
function eventsText({ ledger }: DraftInput, kinds: readonly string[], most = 3): string | null {
  const chosen = ledger.events.filter(({ kind, attendances }) => kinds.includes(kind) && (attendances ?? 0) > 0).slice(0, most);
  if (chosen.length === 0) return null;
  return chosen.map(({ title, occurredOn, attendances }) => `${dayText(occurredOn)}“${title}”（${attendances ?? 0}人次）`).join('、');
}

function picturesOf({ ledger }: DraftInput, kinds: readonly string[], most: number): Block[] {
  const shown = ledger.events.filter(({ kind, pictures }) => kinds.includes(kind) && pictures.length > 0).slice(0, most);
  return shown.map(({ title, occurredOn, pictures }): Block => ({ type: 'picture', evidence: pictures[0] ?? '', caption: `${dayText(occurredOn)}，${title}` }));
}

/** What the unit has counted none of has to be explained by a person. */
function whyNone({ figures }: DraftInput, code: string, what: string): string {
  return (figures.jurisdiction[code]?.value ?? 0) === 0 ? toFill(`没有${what}的原因，或补记台账后删去本句`) : '';
}

function framed(input: DraftInput, title: string, addressee: string, blocks: readonly Block[], attachments: readonly string[]): ReportDocument {
  return { title, addressee, blocks: [...blocks], attachments: [...attachments], signature: input.unit.name, date: null };
}

function openingOf(input: DraftInput): Block[] {
  const { edition, ledger, unit } = input;
  const dates = ledger.firstOn === null || ledger.lastOn === null
    ? ''
    : `${unit.hasUnitsBelow ? '本级' : ''}台账登记的活动自${dayText(ledger.firstOn)}至${dayText(ledger.lastOn)}，共${ledger.entries}条记录。`;
  return [
    paragraph(`按照《${edition.document.title}》（${edition.document.number}）要求，${edition.window.from.slice(0, 4)}年${dayText(edition.window.from)}至${dayText(edition.window.to)}，${actorsOf(input)}围绕“${edition.theme.zh}”主题，开展了${edition.ordinal.zh}${campaignOf(edition)}活动。${toFill('组织领导情况，如实施方案、责任分工、动员部署')}`),
    paragraph('活动期间，', ...tableSentence(input), `。${dates}`),
  ];
}

function summaryOf(input: DraftInput): ReportDocument {
  const { edition, unit, ledger } = input;
  const upper = unit.depth === 1 ? edition.addressee : (unit.upperName ?? toFill('主送机关'));
  const first = edition.indicators.filter((indicator, index, all) => all.findIndex(({ row }) => row === indicator.row) === index);
  const topics = commonest(input, 'suggestion', 'topic');
  const blocks: Block[] = [
    heading(1, '总体情况'),
    ...openingOf(input),
    ...(unit.hasUnitsBelow ? [{ type: 'units_table' as const, caption: '各单位活动开展情况', indicators: first.slice(0, 4).map(({ code }) => code) }] : []),
    heading(1, '主要做法'),
    heading(2, '密切政企沟通，深入了解企业需求'),
    researchParagraph(input),
    heading(2, '加大宣传力度，广泛普及政策法规'),
    ...publicityBlocks(input),
    heading(2, '加强行政指导，帮助提升保护能力'),
    ...guidanceBlocks(input),
    heading(2, '强化执法办案，切实维护企业权益'),
    ...enforcementBlocks(input),
    heading(1, '成效与典型做法'),
    paragraph(...mediaParts(input), toFill('活动成效，用事实说明')),
    paragraph(toFill('一至两个典型做法：谁、何时、怎么做、结果如何')),
    heading(1, '存在的问题和困难'),
    paragraph(topics.length > 0 ? `企业提出的意见建议主要涉及${topics.join('、')}等方面。` : '', toFill('问题和困难')),
    heading(1, '意见建议'),
    paragraph(ledger.suggestions.length > 0 ? `台账收集的意见建议有：${ledger.suggestions.map(({ title }) => `“${title}”`).join('、')}。` : '', toFill('对上级的意见建议')),
    heading(1, '下一步工作'),
    paragraph(toFill('下一步打算')),
  ];
  return framed(input, `${unit.name}关于${edition.ordinal.zh}${campaignOf(edition)}活动开展情况的报告`, upper, blocks, [edition.table.title, '图片、视频资料清单']);
}

function researchParagraph(input: DraftInput): Block {
  const visited = has(input, 'visit.enterprises', 'questionnaire.issued', 'suggestion.count');
  const focus = input.ledger.choices.filter(({ kind, field, option }) => kind === 'visit' && field === 'focus' && option !== 'other');
  return paragraph(
    ...(visited
      ? ['调研走访企业', figureOf('visit.enterprises'), '家，发放调查问卷', figureOf('questionnaire.issued', 'rounded'), '份，收集企业商业秘密保护的意见建议', figureOf('suggestion.count'), '条。', whyNone(input, 'visit.enterprises', '走访')]
      : []),
    focus.length > 0 ? `本级走访记录中，${focus.map(({ option, count }) => `${optionName(input, 'visit', 'focus', option)}企业${count}家次`).join('，')}。` : '',
    toFill('商业秘密保护联络点设立情况；没有的删去'),
  );
}

function publicityBlocks(input: DraftInput): Block[] {
  const counted = has(input, 'publicity.sessions', 'publicity.enterprises', 'publicity.attendances', 'publicity.materials');
  const manners = commonest(input, 'publicity', 'manner', 5);
  const events = eventsText(input, ['publicity']);
  return [
    paragraph(
      ...(counted
        ? ['开展线上线下专题宣传活动', figureOf('publicity.sessions'), '场次，参与企业', figureOf('publicity.enterprises'), '家，', figureOf('publicity.attendances', 'rounded'), '人次参加，发放各类宣传材料', figureOf('publicity.materials', 'rounded'), '份。', whyNone(input, 'publicity.sessions', '宣传活动')]
        : []),
      manners.length > 0 ? `本级采用${manners.join('、')}等方式开展宣传。` : '',
      events === null ? '' : `参加人数较多的活动有：${events}。`,
    ),
    ...picturesOf(input, ['publicity'], 1),
  ];
}

function guidanceBlocks(input: DraftInput): Block[] {
  const meetings = has(input, 'meeting.sessions', 'meeting.enterprises');
  const trainings = has(input, 'training.sessions', 'training.enterprises', 'training.attendances');
  const topics = commonest(input, 'training', 'topic');
  const events = eventsText(input, ['training', 'guidance_meeting', 'symposium']);
  return [
    paragraph(
      ...(meetings ? ['召开企业商业秘密保护座谈会、行政指导会', figureOf('meeting.sessions'), '场次，参与企业', figureOf('meeting.enterprises'), '家。', whyNone(input, 'meeting.sessions', '座谈会、行政指导会')] : []),
      ...(trainings
        ? ['开展各类能力提升培训活动', figureOf('training.sessions'), '场次，参与企业', figureOf('training.enterprises'), '家，', figureOf('training.attendances', 'rounded'), '人次参加。', whyNone(input, 'training.sessions', '培训')]
        : []),
      topics.length > 0 ? `本级培训内容包括${topics.join('、')}。` : '',
      events === null ? '' : `参加人数较多的有：${events}。`,
    ),
    ...picturesOf(input, ['training', 'guidance_meeting', 'symposium'], 1),
  ];
}

function enforcementBlocks(input: DraftInput): Block[] {
  const { cases } = input.ledger;
  return [
    paragraph(
      ...(has(input, 'grievance.resolved') ? ['协调解决企业商业秘密保护诉求和困难', figureOf('grievance.resolved'), '个。'] : []),
      ...(has(input, 'typical_case.published') ? ['公布典型案例', figureOf('typical_case.published'), '件。'] : []),
      cases.length > 0 ? `本级公布的案例有：${cases.map(({ title }) => `“${title}”`).join('、')}。` : '',
      toFill('案件查办、线索移送、与司法部门协作情况；没有的删去'),
    ),
  ];
}

function mediaParts(input: DraftInput): Part[] {
  const { media } = input.ledger;
  return [
    ...(has(input, 'report_to_gov.count') ? ['向党委、政府报送商业秘密保护报告、信息', figureOf('report_to_gov.count'), '篇。'] : []),
    ...(has(input, 'media.total', 'media.central') ? ['共编发宣传报道', figureOf('media.total'), '篇，其中中央媒体报道', figureOf('media.central'), '篇。'] : []),
    media.length > 0 ? `本级登记的报道有：${media.map(({ title, outlet }) => `${outlet}“${title}”`).join('、')}。` : '',
  ];
}

function researchOf(input: DraftInput): ReportDocument {
  const { unit, ledger, edition } = input;
  const returned = sumOf(input, 'questionnaire_issue', 'returned');
  const secrets = sumOf(input, 'visit', 'trade_secrets');
  const patents = sumOf(input, 'visit', 'patents');
  const topics = commonest(input, 'suggestion', 'topic');
  const grievances = commonest(input, 'grievance', 'category');
  const symposiums = eventsText(input, ['symposium'], 5);
  const blocks: Block[] = [
    heading(1, '调研开展情况'),
    researchParagraph(input),
    paragraph(
      returned > 0 ? `本级台账登记收回问卷${returned}份。` : '台账没有登记收回的问卷。',
      symposiums === null ? '' : `座谈会有：${symposiums}。`,
    ),
    heading(1, '企业商业秘密保护现状'),
    paragraph(
      secrets > 0 || patents > 0 ? `走访企业自报商业秘密${secrets}项、专利${patents}项。` : '走访记录没有登记企业的商业秘密数和专利数。',
      toFill('企业商业秘密保护现状。系统中没有问卷的逐题答案，问卷分析须另行补充'),
    ),
    heading(1, '主要问题和企业需求'),
    paragraph(
      topics.length > 0 ? `企业提出的意见建议主要涉及${topics.join('、')}等方面。` : '台账没有登记意见建议的方面。',
      grievances.length > 0 ? `诉求和困难主要是${grievances.join('、')}。` : '',
      ledger.suggestions.length > 0 ? `具体意见有：${ledger.suggestions.map(({ title }) => `“${title}”`).join('、')}。` : '',
      toFill('问题分析'),
    ),
    heading(1, '对策建议'),
    paragraph(toFill('对党委、政府的对策建议')),
  ];
  return framed(input, `${unit.name}关于企业商业秘密保护情况的调研分析报告`, toFill(`主送的党委、政府；${edition.window.from.slice(0, 4)}年调研`), blocks, []);
}

function informationOf(input: DraftInput): ReportDocument {
  const { unit, edition } = input;
  const events = eventsText(input, ['publicity', 'training', 'symposium', 'guidance_meeting'], 2);
  const blocks: Block[] = [
    paragraph(`${edition.window.from.slice(0, 4)}年${dayText(edition.window.from)}至${dayText(edition.window.to)}，${unit.name}围绕“${edition.theme.zh}”主题开展${edition.ordinal.zh}${campaignOf(edition)}活动，`, ...tableSentence(input, true), '。'),
    paragraph(events === null ? '' : `其中，${events}。`, toFill('做法和成效，一两句')),
  ];
  return framed(input, `${unit.name}开展${campaignOf(edition)}活动`, '', blocks, []);
}
