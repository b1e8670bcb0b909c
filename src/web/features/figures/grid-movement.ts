// Where a key leads in a grid of cells: one Tab stop for the whole grid, arrows inside it (ux C2.4). Knows no DOM.

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

const page = 10;

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

const steps: { readonly [key: string]: GridPlace } = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  PageUp: { row: -page, column: 0 },
  PageDown: { row: page, column: 0 },
};

/** The cell a key leads to; null for keys that do not move. At an edge the place stays what it is, so that the page does not scroll away. */
export function placeAfterKey(key: string, at: GridPlace, size: GridSize, control = false): GridPlace | null {
  const to = (row: number, column: number): GridPlace => ({ row: within(row, size.rows), column: within(column, size.columns) });
  // In a grid of one column Home and End lead to its ends, as they do in any grid with Control held.
  const whole = size.columns === 1 || control;
  if (key === 'Home') return to(whole ? 0 : at.row, 0);
  if (key === 'End') return to(whole ? size.rows - 1 : at.row, size.columns - 1);
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return null;
  const far = control && key.startsWith('Arrow') ? size.rows + size.columns : 1;
  return to(at.row + step.row * far, at.column + step.column * far);
}
