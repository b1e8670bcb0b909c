// What may be asked about publicity: media items, materials and their stock.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, plainText, queryFlag, queryInteger, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { comparison, keptMove, material, materialContent, materialMove, mediaDouble, mediaItem, mediaItemContent } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const one = { edition: editionCode, id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const confirmed = z.boolean().default(false);
const page = { offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 200, 50) };

export const listMediaItems = endpoint({
  name: 'publicity.list_media',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/media-items',
  summary: 'Media items of a unit, latest first; or what is in its bin.',
  input: z.strictObject({ ...ofUnit, query: plainText(60).optional(), originals: queryFlag, bin: queryFlag, ...page }),
  output: z.object({ items: z.array(mediaItem), total: z.number().int(), mayWrite: z.boolean() }),
});

export const getMediaItem = endpoint({
  name: 'publicity.get_media',
  method: 'GET',
  path: '/api/editions/:edition/media-items/:id',
  summary: 'One media item with its reposts.',
  input: z.strictObject(one),
  output: z.object({ item: mediaItem, reposts: z.array(mediaItem), mayWrite: z.boolean() }),
});

export const findMediaDoubles = endpoint({
  name: 'publicity.find_doubles',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/media-items/doubles',
  summary: 'Items of the unit with the same address or the same title, however they are written.',
  input: z.strictObject({ ...ofUnit, title: plainText(100, 0).default(''), link: plainText(300, 0).default(''), except: recordIdentifier.optional() }),
  output: z.object({ doubles: z.array(mediaDouble) }),
});

export const addMediaItem = endpoint({
  name: 'publicity.add_media',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/media-items',
  summary: 'A new item; an original becomes an entry of the ledger. `confirmed`: it is not the one it looks like.',
  input: z.strictObject({ ...ofUnit, content: mediaItemContent, confirmed }),
  output: mediaItem,
  problems: ['refused_by_rule'],
});

export const editMediaItem = endpoint({
  name: 'publicity.edit_media',
  method: 'PUT',
  path: '/api/editions/:edition/media-items/:id',
  summary: 'Changes an item, and its entry with it; `version` is the one that was read.',
  input: z.strictObject({ ...one, version, content: mediaItemContent, confirmed }),
  output: mediaItem,
  problems: ['stale_version', 'refused_by_rule'],
});

export const binMediaItem = endpoint({
  name: 'publicity.bin_media',
  method: 'POST',
  path: '/api/editions/:edition/media-items/:id/bin',
  summary: 'Into the bin, its entry with it, or back from there.',
  input: z.strictObject({ ...one, version, binned: z.boolean() }),
  output: mediaItem,
  problems: ['stale_version', 'refused_by_rule'],
});

export const listMaterials = endpoint({
  name: 'publicity.list_materials',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/materials',
  summary: 'Materials of a unit with their stock, and what was handed out beside what the ledger counts.',
  input: z.strictObject({ ...ofUnit, bin: queryFlag }),
  output: z.object({ materials: z.array(material), comparison, mayWrite: z.boolean() }),
});

export const listMoves = endpoint({
  name: 'publicity.list_moves',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/materials/moves',
  summary: 'What came in and was handed out, latest first.',
  input: z.strictObject({ ...ofUnit, material: recordIdentifier.optional(), ...page }),
  output: z.object({ moves: z.array(keptMove), total: z.number().int() }),
});

export const addMaterial = endpoint({
  name: 'publicity.add_material',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/materials',
  summary: 'A new material, of which there is nothing yet.',
  input: z.strictObject({ ...ofUnit, content: materialContent }),
  output: material,
  problems: ['refused_by_rule'],
});

export const editMaterial = endpoint({
  name: 'publicity.edit_material',
  method: 'PUT',
  path: '/api/editions/:edition/materials/:id',
  summary: 'Changes what a material is called, or takes it out of the list and back: only one of which nothing is in stock goes.',
  input: z.strictObject({ ...one, version, content: materialContent, binned: z.boolean().default(false) }),
  output: material,
  problems: ['stale_version', 'refused_by_rule'],
});

export const moveMaterial = endpoint({
  name: 'publicity.move_material',
  method: 'POST',
  path: '/api/editions/:edition/materials/:id/moves',
  summary: 'Received, handed out, read online; below zero: a correction, with a reason. The stock never falls below zero.',
  input: z.strictObject({ ...one, move: materialMove }),
  output: material,
  problems: ['refused_by_rule'],
});
