// How a sheet comes out on paper.
import type { Margin, Print } from './model.ts';
import { xmlText } from './text.ts';

const millimetresPerInch = 25.4;
const a4 = 9;
const plainMargins = { top: 19, right: 18, bottom: 19, left: 18 };
/** From the paper's edge to the header and footer. */
const toMargin = 8;

export function printOptionsXml({ centred = false }: Print): string {
  return centred ? '<printOptions horizontalCentered="1"/>' : '';
}

export function marginsXml({ margins = plainMargins, landscape = false, fit, header, footer }: Print): string {
  const inches = (millimetres: number): string => (millimetres / millimetresPerInch).toFixed(4);
  const { top, right, bottom, left } = margins;
  const fitted = fit === undefined ? '' : ` fitToWidth="${fit.wide}" fitToHeight="${fit.tall}"`;
  const texts = [header === undefined ? '' : `<oddHeader>${marginText(header)}</oddHeader>`, footer === undefined ? '' : `<oddFooter>${marginText(footer)}</oddFooter>`].join('');
  return [
    `<pageMargins left="${inches(left)}" right="${inches(right)}" top="${inches(top)}" bottom="${inches(bottom)}" header="${inches(toMargin)}" footer="${inches(toMargin)}"/>`,
    `<pageSetup paperSize="${a4}"${fitted} orientation="${landscape ? 'landscape' : 'portrait'}"/>`,
    texts === '' ? '' : `<headerFooter>${texts}</headerFooter>`,
  ].join('');
}

/** In these texts `&` begins a command; what people wrote must not. */
function marginText({ left, centre, right }: Margin): string {
  const part = (place: string, text: string | undefined): string =>
    text === undefined ? '' : `&${place}${text.replaceAll('&', '&&').replaceAll('{page}', '&P').replaceAll('{pages}', '&N')}`;
  return xmlText(part('L', left) + part('C', centre) + part('R', right));
}
