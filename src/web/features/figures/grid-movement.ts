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

/** The cell a key leads to; null for keys that do not move. At an edge the place stays what it is, so that the page does not scroll away. */
export function placeAfterKey(key: string, at: GridPlace, size: GridSize, control = false): GridPlace | null {
  const to = (row: number, column: number): GridPlace => ({ row: within(row, size.rows), column: within(column, size.columns) });
  switch (key) {
    case 'ArrowUp':
      return to(control ? 0 : at.row - 1, at.column);
    case 'ArrowDown':
      return to(control ? size.rows - 1 : at.row + 1, at.column);
    case 'ArrowLeft':
      return to(at.row, control ? 0 : at.column - 1);
    case 'ArrowRight':
      return to(at.row, control ? size.columns - 1 : at.column + 1);
    case 'Home':
      return size.columns === 1 || control ? to(0, 0) : to(at.row, 0);
    case 'End':
      return size.columns === 1 || control ? to(size.rows - 1, size.columns - 1) : to(at.row, size.columns - 1);
    case 'PageUp':
      return to(at.row - page, at.column);
    case 'PageDown':
      return to(at.row + page, at.column);
    default:
      return null;
  }
}
