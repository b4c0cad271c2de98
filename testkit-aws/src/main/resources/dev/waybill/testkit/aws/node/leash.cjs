// Runs an emulator on loopback until the standard input ends, which it does with the parent.
const [emulator, port] = process.argv.slice(2)

const options = { createStreamMs: 1, deleteStreamMs: 1, createTableMs: 1, deleteTableMs: 1, shardLimit: 1000 }

import(emulator).then(module => module.default(options).listen(Number(port), '127.0.0.1'))

process.stdin.on('end', () => process.exit(0)).resume()
