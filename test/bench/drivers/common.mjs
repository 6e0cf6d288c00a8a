// What the benchmark's programs in JavaScript share: the options of bench.h,
// first calls, timing, the report.
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';

export const start = performance.now();

export function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}

/// Finds packages in the folder where install-peers has put them.
export const require = createRequire(option('--packages') + '/package.json');

export function readFloats(path) {
  const data = readFileSync(path);
  return new Float32Array(
      data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
}

/// `call` may be asynchronous, `next` hands a stream's state on, `output` gives
/// the values.
export async function run(call, next, output) {
  const loaded = performance.now();
  await call();
  const first = performance.now();
  for (let i = 1; i < +option('--calls', 1); i++) {
    next();
    await call();
  }
  const dump = option('--dump');
  if (dump)
    writeFileSync(dump,
                  new Uint8Array(Float32Array.from(output()).buffer));

  const wanted = +option('--seconds', 0.5) * 1000, times = [];
  if (wanted > 0) {
    for (const end = performance.now() + wanted / 3; performance.now() < end;)
      await call();
    const begun = performance.now();
    while (performance.now() - begun < 30000 &&
           (times.length < 15 || performance.now() - begun < wanted)) {
      const before = performance.now();
      await call();
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
  }
  const status = readFileSync('/proc/self/status', 'utf8');
  console.log(JSON.stringify({
    median_s: (times[times.length >> 1] ?? 0) / 1000,
    least_s: (times[0] ?? 0) / 1000,
    samples: times.length,
    on_cpu: 1,
    load_s: (loaded - start) / 1000,
    first_s: (first - loaded) / 1000,
    peak_mb: /VmHWM:\s+(\d+)/.exec(status)[1] / 1024,
  }));
  process.exit(0);
}
