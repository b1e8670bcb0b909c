// Problems, input issues and refused rules as sentences: what happened, what next (ux C2.10). Never a word that blames.
import type { Details, FailureCode } from '../../app/failure.ts';
import type { TwinSign } from '../../../modules/activities/model.ts';
import type { FileRefusal } from '../../../modules/evidence/model.ts';

/** What happened, and what to do next. */
export interface Sentence {
  readonly what: string;
  readonly next: string;
}

const word = (details: Details, key: string): string => {
  const value = details[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const codes: Record<FailureCode, (details: Details) => Sentence> = {
  invalid_input: () => ({ what: '有内容需要改。', next: '请按提示修改后再试。' }),
  not_signed_in: () => ({ what: '登录已到期。', next: '请重新登录，然后继续。' }),
  sign_in_refused: () => ({ what: '没有登录：用户名或密码不对，或链接已用过。', next: '请核对后再试，或请本单位账号管理员发新链接。' }),
  cross_site_refused: () => ({ what: '这个请求不是从本平台页面发出的。', next: '请从本平台首页进入后再试。' }),
  not_permitted: () => ({ what: '您的角色不能做这一步。', next: '需要时请联系本单位账号管理员。' }),
  separation_of_duties: () => ({ what: '填报、审核和签发不能是同一个人。', next: '请由本单位另一位同志办理。' }),
  not_found: () => ({ what: '没有找到这项内容。', next: '它可能已被移走，请回到列表查看。' }),
  wrong_state: () => ({ what: '报表的状态刚刚变了。', next: '页面已更新，请看一下现在的状态。' }),
  stale_version: () => ({ what: '别人刚刚改过这一条。', next: '您填的内容还在。请看看新内容，再决定保留哪个。' }),
  duplicate: () => ({ what: '已经有一样的了。', next: '请查看已有的那一项，或改一个名称。' }),
  request_in_progress: () => ({ what: '同样的请求正在处理。', next: '请稍等几秒再试。' }),
  already_sealed: () => ({ what: '报表已经盖章，不能再改。', next: '需要更正时，请向上级申请更正。' }),
  hard_findings: () => ({ what: '统计表还有强制性问题。', next: '请先按提示改正，再做这一步。' }),
  notes_missing: () => ({ what: '还有提示性问题没有写说明。', next: '请写 8 到 200 字的说明，或改正数字。' }),
  request_key_reused: () => ({ what: '这次提交与上一次重复。', next: '请刷新页面后再试。' }),
  refused_by_rule: () => ({ what: '按规则不能这样做。', next: '请检查所填内容。' }),
  too_large: (details) => ({ what: '文件太大。', next: `请控制在 ${Math.floor(Number(details['maximumBytes'] ?? 0) / 1_048_576)} 兆以内。` }),
  file_refused: (details) => ({ what: refusals[word(details, 'reason') as FileRefusal] ?? '这个文件没有被接收。', next: '请换一个文件再上传。' }),
  rate_limited: (details) => ({ what: '请求太频繁，暂时停一停。', next: `请在 ${Math.max(1, Math.ceil(Number(details['retryAfterSeconds'] ?? 60) / 60))} 分钟后再试。` }),
  internal_error: () => ({ what: '服务器没有完成这一步。', next: '请再试一次。仍不行时，把请求编号告诉管理员。' }),
  database_unavailable: () => ({ what: '服务器暂时忙。', next: '请等几秒再试，不会重复提交。' }),
  storage_full: () => ({ what: '服务器存储空间不够了。', next: '请把这件事告诉管理员。' }),
  no_connection: () => ({ what: '没有连上服务器。', next: '请检查网络，然后再试，不会重复提交。' }),
  unreadable_answer: () => ({ what: '服务器的答复没有读懂。', next: '请刷新页面后再试。' }),
};

const refusals: Record<FileRefusal, string> = {
  type_not_allowed: '不接收这种类型的文件。',
  type_and_name_differ: '文件内容与扩展名不一致。',
  picture_unreadable: '这张图片打不开。',
  too_many_pixels: '图片的像素太多。',
  empty: '文件是空的。',
  trailing_data: '文件末尾有多余内容。',
  macros: '文件里带有宏。',
  encrypted: '文件加了密码。',
  file_unreadable: '文件打不开。',
};

/** Rules of refused_by_rule and of acts that may not be taken. */
const rules: { readonly [rule: string]: (details: Details) => Sentence } = {
  account_disabled: () => ({ what: '这个账号已停用。', next: '请联系本单位账号管理员。' }),
  administrator_exclusive: () => ({ what: '账号管理员不能同时担任其他角色。', next: '请为其他角色另建账号。' }),
  role_not_at_unit: () => ({ what: '这个单位不能设这个角色。', next: '请换一个角色。' }),
  own_account: () => ({ what: '不能停用自己的账号。', next: '请由另一位管理员办理。' }),
  own_unit: () => ({ what: '不能对本单位做这一步。', next: '请选下级单位。' }),
  edition_closed: () => ({ what: '这一届已经结束，不能再改。', next: '可以查看和导出。' }),
  unit_not_in_edition: () => ({ what: '这个单位不在本届填报范围。', next: '请核对单位和届次。' }),
  ledger_frozen: () => ({ what: '报表已送审，台账暂不能改。', next: '请先撤回送审，或等审核退回。' }),
  figure_below_zero: () => ({ what: '调整后数字会小于零。', next: '请减小调整的数量。' }),
  attached_elsewhere: () => ({ what: '这个文件已放在另一条记录里。', next: '请重新上传一份。' }),
  password_contains_name: () => ({ what: '密码里不要用姓名或用户名。', next: '请换一个密码。' }),
  password_too_simple: () => ({ what: '密码太简单。', next: '请用大小写字母、数字、符号中的三种。' }),
  password_common: () => ({ what: '这个密码太常见。', next: '请换一个不易猜到的。' }),
  hard_findings: () => ({ what: '还有强制性问题。', next: '请先改正。' }),
  notes_missing: () => ({ what: '提示性问题还没有写说明。', next: '请写说明或改正。' }),
  not_permitted: () => ({ what: '您的角色不能做这一步。', next: '请由相应角色办理。' }),
  deadline_after_own: () => ({ what: '给下级的截止时间晚于本单位的截止时间。', next: '请改早一些。' }),
  deadline_in_past: () => ({ what: '这个时间已经过去。', next: '请选以后的时间。' }),
  no_units_below: () => ({ what: '本单位没有下级，不用定截止时间。', next: '可以直接按本单位的截止时间报送。' }),
  no_counters_left: () => ({ what: '本省自设的行已经用满。', next: '请先去掉不用的行。' }),
  code_counted_otherwise: () => ({ what: '这个代号以前用过，计数方式不同。', next: '请换一个代号，或按原来的计数方式加回来。' }),
  only_a_province_extends: () => ({ what: '只有省级单位可以自设行。', next: '请由省级统筹人办理。' }),
  twenty_evidence: () => ({ what: '一条记录最多放 20 个文件。', next: '请先移除几个。' }),
};

/** Issues of single fields, as they stand beside the field. */
const issues: { readonly [rule: string]: (details: Details) => string } = {
  text_missing: () => '请填写这一项。',
  text_too_short: (details) => `请至少写 ${word(details, 'minimum')} 个字。`,
  text_too_long: (details) => `请控制在 ${word(details, 'maximum')} 个字以内。`,
  unprintable_characters: () => '里面有看不见的控制字符，请重新输入。',
  calendar_date: () => '请填日期，例如 2023-06-15。',
  instant: () => '请填日期和时间。',
  whole_number: () => '请填整数。',
  not_negative: () => '不能小于 0。',
  not_zero: () => '不能是 0。',
  too_many: (details) => (details['maximum'] === undefined ? '数量太大。' : `不能超过 ${word(details, 'maximum')}。`),
  too_few: (details) => `不能小于 ${word(details, 'minimum')}。`,
  below_minimum: (details) => `不能小于 ${word(details, 'minimum')}。`,
  above_maximum: (details) => `不能大于 ${word(details, 'maximum')}。`,
  too_small: (details) => `不能小于 ${word(details, 'minimum')}。`,
  too_big: (details) => `不能大于 ${word(details, 'maximum')}。`,
  field_missing: () => '请填写这一项。',
  required: () => '请填写这一项。',
  value_missing: () => '请填写这一项。',
  place_missing: () => '请填写地点。',
  place_not_for_kind: () => '这一类不填地点。',
  enterprise_missing: () => '请至少列一家企业。',
  enterprises_missing: () => '请至少列一家企业。',
  one_enterprise: () => '请列且只列一家企业。',
  enterprises_not_for_kind: () => '这一类不列企业。',
  no_enterprises: () => '这一类不列企业。',
  unknown_option: () => '请从给出的选项里选。',
  unknown_kind: () => '请选一个类别。',
  unknown_field: () => '没有这一项。',
  unknown_unit: () => '没有这个单位。',
  unknown_evidence: () => '文件没有找到，请重新上传。',
  link: () => '请填以 http 开头的网址。',
  outside_grace: () => '日期不在本届可填报的时间内。',
  before_grace: () => '日期早于本届可填报的时间。',
  after_grace: () => '日期晚于本届可填报的时间。',
  in_the_future: () => '日期还没有到。',
  date_outside_edition: (details) => `本届只收 ${word(details, 'from')} 至 ${word(details, 'to')} 的活动。`,
  date_in_future: () => '日期还没有到。',
  enterprise_twice: () => '同一家企业列了两次。',
  enterprises_not_asked: () => '这一类不列企业。',
  place_not_asked: () => '这一类不填地点。',
  unknown_choice: () => '请从给出的选项里选。',
  text_expected: () => '请填文字。',
  attached_elsewhere: () => '这个文件已放在另一条记录里，请重新上传一份。',
  window_reason_missing: () => '日期不在活动月内，请写明原因（8 到 200 字）。',
  given_twice: () => '这一项重复了。',
  listed_twice: () => '同一家企业列了两次。',
  own_unit: () => '不用列本单位。',
  uscc_check: () => '代码校验位不对，请对照营业执照检查。',
  uscc_length: () => '统一社会信用代码应为 18 位。',
  unit_code: () => '请选一个单位。',
  password_too_short: () => '密码至少 12 位。',
  sign_in_name: () => '用户名只用文字、数字和 . _ @ -。',
  sign_in_link: () => '链接不完整，请从收到的消息里重新打开。',
  role_missing: () => '请至少选一个角色。',
  deadline_after_own: () => '不能晚于本单位的截止时间。',
  row_of_the_nation: (details) => `行号要在全国统一各行之后，从 ${word(details, 'minimum')} 起。`,
  unit_with_two_words: (details) => `这个计量单位在本届表里叫「${word(details, 'word')}」，请用同一个词。`,
  unknown_check: () => '没有这一条检查，请刷新页面。',
  json_object: () => '发来的内容不完整，请刷新页面后再试。',
  request_key: () => '请求缺少编号，请刷新页面后再试。',
  account_id: () => '没有这个账号，请从列表里选。',
  edition_code: () => '没有这一届，请从列表里选。',
  indicator_code: () => '代号要以小写字母开头，只用小写字母、数字、下划线。',
  record_id: () => '没有这条记录，请从列表里打开。',
  uscc_list: () => '名单里有不是统一社会信用代码的内容，请核对。',
  reason_missing: () => '请写明原因。',
};

const twinSigns: Record<TwinSign, string> = {
  same_date_and_title: '同一天、标题相同',
  same_date_and_place: '同一天、同一地点',
  same_picture: '照片相同',
  similar_picture: '照片相似',
};

export const problems = {
  sentence: (code: FailureCode, details: Details): Sentence => (code === 'refused_by_rule' ? (rules[word(details, 'rule')] ?? codes.refused_by_rule)(details) : codes[code](details)),
  /** Why an act may not be taken now. */
  rule: (rule: string, details: Details): Sentence => (rules[rule] ?? codes.refused_by_rule)(details),
  issue: (rule: string, details: Details): string => (issues[rule] ?? (() => '请检查这一项。'))(details),
  twinSign: (sign: TwinSign): string => twinSigns[sign],
  notSaved: '没有保存。您填的内容还在。',
  notDone: '这一步没有完成，原来的内容没有变。',
  notRead: '没有读到内容。',
};
