// Reads the bytes of one job with npos and rebuilds the paper from its commands alone: every byte must belong to a command,
// the rows printed and fed must be those of the picture (second argument), and zbar must read the code (third argument)
// from the rebuilt paper. Nothing of ours takes part.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const npos = require('npos');

const [file, rows, code] = process.argv.slice(2);
const bytes = fs.readFileSync(file);

function fail(reason) {
  console.error(`${file}: ${reason}`);
  process.exit(1);
}

// Images may be narrower than the paper: what is to their right stays white.
function paperOf(tree) {
  const pieces = [];
  for (const node of tree) {
    const at = node.offset;
    if (node.fn === 'v0') {
      const width = bytes.readUInt16LE(at + 4);
      const count = bytes.readUInt16LE(at + 6);
      for (let row = 0; row < count; ++row) pieces.push(bytes.subarray(at + 8 + row * width, at + 8 + (row + 1) * width));
    } else if (node.fn === 'J') {
      for (let row = 0; row < bytes[at + 2]; ++row) pieces.push(Buffer.alloc(0));
    }
  }
  const stride = Math.max(...pieces.map((piece) => piece.length));
  const body = Buffer.concat(pieces.map((piece) => Buffer.concat([piece, Buffer.alloc(stride - piece.length)])));
  return { stride, height: pieces.length, body };
}

const ast = npos.parser().analyze(bytes);
if (ast.error) fail(ast.error);
const stray = ast.tree.find((node) => node.ascii === 'STX');
if (stray) fail(`${stray.length} bytes at ${stray.offset} belong to no command`);
const paper = paperOf(ast.tree);
if (paper.height !== Number(rows)) fail(`${paper.height} rows of paper instead of ${rows}`);
const picture = `${file}.pbm`;
fs.writeFileSync(picture, Buffer.concat([Buffer.from(`P4\n${paper.stride * 8} ${paper.height}\n`), paper.body]));
const zbarimg = ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture];
const read = execFileSync('zbarimg', zbarimg, { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
if (read !== code) fail(`the code reads "${read}" instead of "${code}"`);
console.log(`${ast.tree.length} commands, ${paper.height} rows, code ${read}`);
