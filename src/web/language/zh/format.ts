// How numbers, dates and times are written in Chinese: 2023年7月7日(周五)17:00, 1,200.
const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

function parts(instant: string): { year: number; month: number; day: number; weekday: number; clock: string } {
  const local = new Date(Date.parse(instant.length === 10 ? `${instant}T00:00:00+08:00` : instant) + 8 * 3_600_000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), weekday: local.getUTCDay(), clock: local.toISOString().slice(11, 16) };
}

export const format = {
  number: (value: number): string => value.toLocaleString('zh-CN'),
  /** +3, −2, 0. */
  signed: (value: number): string => (value > 0 ? `+${value.toLocaleString('zh-CN')}` : value < 0 ? `−${Math.abs(value).toLocaleString('zh-CN')}` : '0'),
  /** Of a date or an instant: 2023年7月7日. */
  date: (value: string): string => {
    const { year, month, day } = parts(value);
    return `${year}年${month}月${day}日`;
  },
  /** 7月7日(周五). */
  shortDate: (value: string): string => {
    const { month, day, weekday } = parts(value);
    return `${month}月${day}日(周${weekdays[weekday] ?? ''})`;
  },
  /** 2023年7月7日(周五)17:00. */
  instant: (value: string): string => {
    const { year, month, day, weekday, clock } = parts(value);
    return `${year}年${month}月${day}日(周${weekdays[weekday] ?? ''})${clock}`;
  },
  /** 7月7日(周五)17:00. */
  shortInstant: (value: string): string => {
    const { month, day, weekday, clock } = parts(value);
    return `${month}月${day}日(周${weekdays[weekday] ?? ''})${clock}`;
  },
  list: (words: readonly string[]): string => words.join('、'),
  bytes: (bytes: number): string => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} 兆` : `${Math.max(1, Math.round(bytes / 1024))} 千字节`),
  /** 「…」 around a quoted name. */
  quoted: (words: string): string => `「${words}」`,
};
