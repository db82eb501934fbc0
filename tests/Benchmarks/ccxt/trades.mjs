// Has ccxt normalise trades as its own client does, parse the JSON and then parseWsTrade: as they come from a WebSocket, and the
// same messages from memory. trades.mjs ADDRESS TRADES WARM_UPS ROUNDS; prints the medians in milliseconds.
import ccxt from 'ccxt';
import WebSocket from 'ws';

const [address, [expected, warmUps, rounds]] = [process.argv[2], process.argv.slice(3).map(Number)];
const exchange = new ccxt.pro.binance();
const market = {
    id: 'BTCUSDT', lowercaseId: 'btcusdt', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', baseId: 'BTC', quoteId: 'USDT',
    type: 'spot', spot: true, contract: false, precision: { amount: 0.00001, price: 0.01 }, limits: {}, info: {},
};
exchange.setMarkets({ 'BTC/USDT': market });

const normalise = (message) => exchange.parseWsTrade(JSON.parse(message.toString()).data, market);

const check = (trade) => {
    if (trade.price === undefined || trade.symbol !== 'BTC/USDT')
        throw new Error(JSON.stringify(trade));
};

const read = (take) => new Promise((resolve, reject) => {
    let count = 0;
    let begin = 0;
    let heap = 0;
    let last;
    const socket = new WebSocket(address);
    socket.on('error', reject);
    socket.on('message', (message) => {
        if (count++ === 0) {
            globalThis.gc();
            heap = process.memoryUsage().heapUsed;
            begin = performance.now();
        }
        last = take(message);
        if (count === expected) {
            const milliseconds = performance.now() - begin;
            socket.terminate();
            resolve({ milliseconds, heapMiB: Math.max(0, Math.round((process.memoryUsage().heapUsed - heap) / 1048576)), last });
        }
    });
});

const parse = (messages) => {
    let last;
    const begin = performance.now();
    for (const message of messages)
        last = normalise(message);
    const milliseconds = performance.now() - begin;
    check(last);
    return milliseconds;
};

const median = (figures) => figures.sort((one, other) => one - other)[Math.floor(figures.length / 2)];

const messages = [];
await read((message) => messages.push(Buffer.from(message)));
const parsing = Array.from({ length: warmUps + rounds }, () => parse(messages)).slice(warmUps);

const streaming = [];
let heapMiB = 0;
for (let round = -warmUps; round < rounds; round++) {
    const one = await read(normalise);
    check(one.last);
    heapMiB = one.heapMiB;
    if (round >= 0)
        streaming.push(one.milliseconds);
}

process.stdout.write(JSON.stringify({ streaming: median(streaming), parsing: median(parsing), heapMiB }) + '\n');
