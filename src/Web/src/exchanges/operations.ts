import { api } from '../api/client'
import type { ExchangeDetail, VenueActivity } from '../api/types'
import { dangerOperation, type MemberWords } from '../danger/operation'
import { activities } from './words'

const words: Readonly<Record<string, MemberWords>> = {
  activity: { name: 'What', inWords: activity => activities[activity as VenueActivity].label },
  reason: { name: 'Reason' },
}

const resourceOf = ({ exchangeId, name }: ExchangeDetail) => ({ id: exchangeId, kind: 'Exchange', name })

export const stopActivity = (exchange: ExchangeDetail, activity: VenueActivity, reason: string) =>
  dangerOperation({
    operation: 'exchanges.kill',
    title: `${activities[activity].stops} at ${exchange.name}`,
    means: `${activities[activity].stopped} It holds on every node within a second, for everybody.`,
    verb: activities[activity].stops,
    isDestructive: true,
    resource: resourceOf(exchange),
    payload: { activity, reason },
    words,
    send: async (body, header) => {
      await api.POST('/v1/exchanges/{exchangeId}/kill', { params: { path: { exchangeId: exchange.exchangeId }, header }, body })
    },
  })

export const allowActivity = (exchange: ExchangeDetail, activity: VenueActivity, reason: string) =>
  dangerOperation({
    operation: 'exchanges.kill',
    title: `${activities[activity].allows} at ${exchange.name}`,
    means: 'What was stopped goes on, for everybody, on every node within a second.',
    verb: activities[activity].allows,
    resource: resourceOf(exchange),
    payload: { activity, reason },
    words,
    send: async (body, header) => {
      await api.POST('/v1/exchanges/{exchangeId}/revive', { params: { path: { exchangeId: exchange.exchangeId }, header }, body })
    },
  })
