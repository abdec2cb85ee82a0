// Reads every frame of a file (grey, rows without gaps, one frame after the other) with zxing-wasm, QR codes only, and
// prints a line for each: processor time in microseconds, and what it read in hexadecimal ("-": nothing).
//   node read.cjs FILE WIDTH HEIGHT
'use strict';

const fs = require('fs');
const { readBarcodes, prepareZXingModule } = require('zxing-wasm/reader');

const [file, width, height] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const size = width * height;
const options = { formats: ['QRCode'], tryHarder: true, tryDownscale: true, maxNumberOfSymbols: 1 };

// Of all threads: on a busy machine the clock on the wall measures others.
function microsecondsSince(start) {
  const used = process.cpuUsage(start);
  return used.user + used.system;
}

function imageOf(grey) {
  const data = new Uint8ClampedArray(size * 4);
  for (let i = 0; i < size; ++i) data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = grey[i];
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, width, height, colorSpace: 'srgb' };
}

async function main() {
  const wasmBinary = fs.readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const frames = fs.openSync(file, 'r');
  const count = fs.fstatSync(frames).size / size;
  const grey = Buffer.alloc(size);
  for (let i = 0; i < count; ++i) {
    fs.readSync(frames, grey, 0, size, i * size);
    const image = imageOf(grey);
    const start = process.cpuUsage();
    const found = await readBarcodes(image, options);
    const microseconds = microsecondsSince(start);
    const valid = found.find((result) => result.isValid);
    console.log(`${microseconds} ${valid ? Buffer.from(valid.bytes).toString('hex') : '-'}`);
  }
}
main();
