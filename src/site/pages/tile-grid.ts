// Where each province's tile stands: row and column of a grid, roughly as the provinces lie. Not a map: no borders, no areas.
// By the first two digits of the code.
export const tiles: { readonly [province: string]: readonly [row: number, column: number] } = {
  '23': [1, 10], '15': [2, 8], '22': [2, 10], '65': [3, 1], '62': [3, 4], '64': [3, 5], '14': [3, 7], '13': [3, 8], '11': [2, 9], '12': [3, 9], '21': [3, 10], '66': [2, 1],
  '63': [4, 3], '61': [4, 5], '41': [4, 7], '37': [4, 9], '54': [5, 2], '51': [5, 4], '50': [5, 5], '42': [5, 6], '34': [5, 8], '32': [5, 9], '31': [5, 10],
  '53': [6, 3], '52': [6, 5], '43': [6, 6], '36': [6, 7], '33': [6, 9], '45': [7, 5], '44': [7, 7], '35': [7, 8], '46': [8, 6], '71': [7, 10], '81': [8, 8], '82': [8, 7],
};
