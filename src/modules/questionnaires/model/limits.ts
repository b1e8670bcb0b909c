// Limits that pages know too: apart from the schemas, which would bring 100 KB along to whoever answers.
/** Longest text beside an option. */
export const textsMost = 500;
