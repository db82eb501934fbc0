import { expect, test } from '@playwright/test';
import { Spot, SpotRestAPI } from '@binance/spot';

/**
 * The official Binance client, unchanged but for its base URLs, against a running paper venue:
 * VENUE_URL (http://127.0.0.1:8090), VENUE_KEY and VENUE_SECRET (both in DIR/api-key.json).
 */
const { VENUE_URL, VENUE_KEY, VENUE_SECRET } = process.env;
const symbol = 'BTCUSDT';

test.skip(!VENUE_URL || !VENUE_KEY || !VENUE_SECRET, 'VENUE_URL, VENUE_KEY and VENUE_SECRET name no venue');

function client(): Spot {
  const key = { apiKey: VENUE_KEY!, apiSecret: VENUE_SECRET! };
  const sockets = VENUE_URL!.replace(/^http/, 'ws');
  return new Spot({
    configurationRestAPI: { ...key, basePath: VENUE_URL!, timeout: 10_000 },
    configurationWebsocketAPI: { ...key, wsURL: `${sockets}/ws-api/v3` },
    configurationWebsocketStreams: { wsURL: sockets },
  });
}

const rest = () => client().restAPI;

async function data<T>(response: Promise<{ data(): Promise<T> }>): Promise<T> {
  return (await response).data();
}

/** A buy price that nothing reaches: half of what the market pays. */
async function farBelow(): Promise<number> {
  const ticker = await data(rest().tickerPrice({ symbol }));
  return Math.floor(Number((ticker as { price: string }).price) / 2);
}

function restingOrder(price: number, newClientOrderId?: string): SpotRestAPI.NewOrderRequest {
  return {
    symbol,
    side: SpotRestAPI.NewOrderSideEnum.BUY,
    type: SpotRestAPI.NewOrderTypeEnum.LIMIT,
    timeInForce: SpotRestAPI.NewOrderTimeInForceEnum.GTC,
    quantity: 0.001,
    price,
    newClientOrderId,
  };
}

const uniqueId = (name: string) => `${name}-${process.pid}-${Date.now()}`;

test('the rules name every market and its filters', async () => {
  const rules = await data(rest().exchangeInfo());

  expect(rules.symbols?.map((each) => each.symbol)).toEqual(
    expect.arrayContaining(['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'ETHBTC']),
  );
  const filters = JSON.stringify(rules.symbols?.[0].filters);
  for (const filter of ['PRICE_FILTER', 'LOT_SIZE', 'NOTIONAL']) expect(filters).toContain(filter);
});

test('a limit order rests, is found by its client id and canceled', async () => {
  const id = uniqueId('rest');
  const placed = await data(rest().newOrder(restingOrder(await farBelow(), id)));
  expect(placed.status).toBe('NEW');
  await expect(rest().newOrder(restingOrder(await farBelow(), id))).rejects.toThrow('Duplicate order sent.');

  const found = await data(rest().getOrder({ symbol, origClientOrderId: id }));
  expect(found.orderId).toBe(placed.orderId);
  const open = await data(rest().getOpenOrders({ symbol }));
  expect(open.map((each) => each.clientOrderId)).toContain(id);

  const canceled = await data(rest().deleteOrder({ symbol, origClientOrderId: id }));
  expect(canceled.status).toBe('CANCELED');
  await expect(rest().deleteOrder({ symbol, origClientOrderId: id })).rejects.toThrow('Unknown order sent.');
});

test('a market order by quote quantity trades, and the account shows it', async () => {
  const placed = await data(
    rest().newOrder({
      symbol,
      side: SpotRestAPI.NewOrderSideEnum.BUY,
      type: SpotRestAPI.NewOrderTypeEnum.MARKET,
      quoteOrderQty: 50,
    }),
  );
  expect(placed.status).toBe('FILLED');

  const trades = await data(rest().myTrades({ symbol, orderId: placed.orderId }));
  expect(trades.length).toBeGreaterThan(0);
  expect(trades.every((trade) => trade.commissionAsset === 'BTC' && trade.isBuyer)).toBe(true);
  const account = await data(rest().getAccount({ omitZeroBalances: true }));
  expect(account.balances?.map((held) => held.asset)).toContain('BTC');
  const commission = await data(rest().accountCommission({ symbol }));
  expect(commission.standardCommission?.taker).toBe('0.00100000');
});

test('an order off the tick is refused in the venue’s own words', async () => {
  await expect(rest().newOrder(restingOrder((await farBelow()) + 0.001))).rejects.toThrow(
    'Filter failure: PRICE_FILTER',
  );
});

test('candles, depth, trades and tickers are there from the first start', async () => {
  const candles = await data(rest().klines({ symbol, interval: '1m' as never, limit: 1000 }));
  expect(candles).toHaveLength(1000);
  expect(candles[0]).toHaveLength(12);
  const depth = await data(rest().depth({ symbol, limit: 20 }));
  expect(depth.bids).toHaveLength(20);
  expect(Number(depth.bids![0][0])).toBeLessThan(Number(depth.asks![0][0]));
  await expect.poll(async () => (await data(rest().getTrades({ symbol }))).length).toBeGreaterThan(0);
  await expect.poll(async () => (await data(rest().aggTrades({ symbol }))).length).toBeGreaterThan(0);
  const day = await data(rest().ticker24hr({ symbol }));
  expect(Number((day as { volume: string }).volume)).toBeGreaterThan(0);
  const best = await data(rest().tickerBookTicker({ symbol }));
  expect(Number((best as { bidQty: string }).bidQty)).toBeGreaterThan(0);
});

test('the user data stream tells of an order from start to end', async () => {
  const id = uniqueId('stream');
  const socket = await client().websocketAPI.connect();
  const heard: Record<string, unknown>[] = [];
  const { stream } = await socket.userDataStreamSubscribeSignature();
  stream.on('message', (event) => heard.push(event as Record<string, unknown>));
  const steps = () =>
    heard
      .filter((event) => event.e === 'executionReport' && (event.c === id || event.C === id))
      .map((event) => event.x);

  await data(rest().newOrder(restingOrder(await farBelow(), id)));
  await expect.poll(steps).toEqual(['NEW']);
  await data(rest().deleteOrder({ symbol, origClientOrderId: id }));
  await expect.poll(steps).toEqual(['NEW', 'CANCELED']);
  expect(heard.some((event) => event.e === 'outboundAccountPosition')).toBe(true);
  void socket.disconnect();
});

test('the websocket api takes orders', async () => {
  const socket = await client().websocketAPI.connect();
  const placed = await socket.orderPlace({
    symbol: 'ETHUSDT',
    side: 'SELL' as never,
    type: 'MARKET' as never,
    quantity: 0.01,
  });

  expect(placed.data.status).toBe('FILLED');
  void socket.disconnect();
});

test('market streams speak', async () => {
  const socket = await client().websocketStreams.connect();
  const lower = symbol.toLowerCase();
  const streams = {
    trade: socket.trade({ symbol: lower }),
    aggTrade: socket.aggTrade({ symbol: lower }),
    depth: socket.diffBookDepth({ symbol: lower, updateSpeed: '100ms' as never }),
    partialDepth: socket.partialBookDepth({ symbol: lower, levels: '5' as never, updateSpeed: '100ms' as never }),
    bookTicker: socket.bookTicker({ symbol: lower }),
    kline: socket.kline({ symbol: lower, interval: '1m' as never }),
    miniTicker: socket.miniTicker({ symbol: lower }),
    allMiniTickers: socket.allMiniTicker(),
  };
  const heard = new Set<string>();
  for (const [name, stream] of Object.entries(streams)) stream.on('message', () => void heard.add(name));

  await expect.poll(() => [...heard].sort(), { timeout: 20_000 }).toEqual(Object.keys(streams).sort());
  void socket.disconnect();
});
