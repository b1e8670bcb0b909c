// Ends the process with a plain sentence where Node is too old, before anything that such a Node cannot read. Imported first, for that alone.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  process.stderr.write(`需要 Node ${wanted.join('.')} 或更高版本，当前为 ${process.versions.node}。\nNode ${wanted.join('.')} or later is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}
