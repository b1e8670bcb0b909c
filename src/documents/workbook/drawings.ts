// Pictures on a sheet: where each stands, and how it is found.
import type { Picture } from './model.ts';
import { xmlAttribute } from './text.ts';

const perMillimetre = 36_000;
const main = 'http://schemas.openxmlformats.org/drawingml/2006';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function drawingXml(pictures: readonly Picture[]): string {
  const each = pictures.map(({ row, column, width, height, description }, index) => {
    const size = `cx="${Math.round(width * perMillimetre)}" cy="${Math.round(height * perMillimetre)}"`;
    return [
      `<xdr:oneCellAnchor><xdr:from><xdr:col>${column - 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext ${size}/>`,
      `<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${index + 2}" name="picture${index + 1}" descr="${xmlAttribute(description)}"/><xdr:cNvPicPr/></xdr:nvPicPr>`,
      `<xdr:blipFill><a:blip r:embed="rId${index + 1}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>`,
      `<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>`,
    ].join('');
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xdr:wsDr xmlns:xdr="${main}/spreadsheetDrawing" xmlns:a="${main}/main" xmlns:r="${relations}">${each.join('')}</xdr:wsDr>`;
}

/** The parts that belong to the pictures of one sheet, by their names in the package. */
export function drawingParts(pictures: readonly Picture[], sheet: number): { readonly name: string; readonly content: string | Uint8Array }[] {
  const targets = pictures.map((_, index) => `picture${sheet}-${index + 1}.png`);
  return [
    { name: `xl/worksheets/_rels/sheet${sheet}.xml.rels`, content: relationsXml([{ type: `${relations}/drawing`, target: `../drawings/drawing${sheet}.xml` }]) },
    { name: `xl/drawings/drawing${sheet}.xml`, content: drawingXml(pictures) },
    { name: `xl/drawings/_rels/drawing${sheet}.xml.rels`, content: relationsXml(targets.map((target) => ({ type: `${relations}/image`, target: `../media/${target}` }))) },
    ...pictures.map(({ png }, index) => ({ name: `xl/media/${targets[index]}`, content: png })),
  ];
}

export function relationsXml(to: readonly { readonly type: string; readonly target: string }[]): string {
  const each = to.map(({ type, target }, index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}
