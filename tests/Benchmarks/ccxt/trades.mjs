// Reads trades from a WebSocket and has ccxt normalise them, as its own client does: parse the JSON, then parseWsTrade.
import ccxt from 'ccxt';
import WebSocket from 'ws';

const [address, expected] = [process.argv[2], Number(process.argv[3])];
const exchange = new ccxt.pro.binance();
const market = {
    id: 'BTCUSDT', lowercaseId: 'btcusdt', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', baseId: 'BTC', quoteId: 'USDT',
    type: 'spot', spot: true, contract: false, precision: { amount: 0.00001, price: 0.01 }, limits: {}, info: {},
};
exchange.setMarkets({ 'BTC/USDT': market });

const read = () => new Promise((resolve, reject) => {
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
        last = exchange.parseWsTrade(JSON.parse(message.toString()).data, market);
        if (count === expected) {
            const milliseconds = performance.now() - begin;
            if (last.price === undefined || last.symbol !== 'BTC/USDT')
                reject(new Error(JSON.stringify(last)));
            socket.close();
            resolve({ milliseconds, heapMiB: Math.max(0, Math.round((process.memoryUsage().heapUsed - heap) / 1048576)) });
        }
    });
});

await read();
process.stdout.write(JSON.stringify(await read()) + '\n');
