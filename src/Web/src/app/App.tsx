import { QueryClientProvider } from '@tanstack/react-query'
import { createBrowserRouter, Navigate, type RouteObject, RouterProvider } from 'react-router'
import { InPool } from '../portfolio/PoolProvider'
import { RequireSession } from '../session/RequireSession'
import { SignInPage } from '../session/SignInPage'
import { Skeleton } from '../ui/states'
import { NotFoundPage } from './NotFoundPage'
import { queryClient } from './queryClient'
import { RouteFailure } from './RouteFailure'
import { Shell } from './Shell'

const poolPages: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import('../portfolio/PortfolioPage')).PortfolioPage }),
  },
  { path: 'markets', lazy: async () => ({ Component: (await import('../market/MarketPage')).LastMarket }) },
  {
    path: 'markets/:market',
    lazy: async () => ({ Component: (await import('../market/MarketPage')).MarketPage }),
  },
  { path: 'heatmap', lazy: async () => ({ Component: (await import('../heatmap/HeatmapPage')).HeatmapPage }) },
  {
    path: 'orders',
    lazy: async () => ({ Component: (await import('../orders/OpenOrdersPage')).OpenOrdersPage }),
  },
  {
    path: 'orders/history',
    lazy: async () => ({ Component: (await import('../orders/OrderHistoryPage')).OrderHistoryPage }),
  },
  {
    path: 'orders/:orderId',
    lazy: async () => ({ Component: (await import('../orders/OrderPage')).OrderPage }),
  },
  { path: 'trades', lazy: async () => ({ Component: (await import('../trades/TradesPage')).TradesPage }) },
  { path: 'pool', element: <Navigate to="/pool/members" replace /> },
  { path: 'pool/members', lazy: async () => ({ Component: (await import('../members/MembersPage')).MembersPage }) },
  { path: 'pool/keys', lazy: async () => ({ Component: (await import('../members/PoolKeysPage')).PoolKeysPage }) },
]

const registryPages: RouteObject[] = [
  {
    path: 'exchanges',
    lazy: async () => ({ Component: (await import('../exchanges/ExchangesPage')).ExchangesPage }),
  },
  {
    path: 'exchanges/:exchangeId',
    lazy: async () => ({ Component: (await import('../exchanges/ExchangePage')).ExchangePage }),
  },
  { path: 'chains', lazy: async () => ({ Component: (await import('../chains/ChainsPage')).ChainsPage }) },
  {
    path: 'chains/:chainId',
    lazy: async () => ({ Component: (await import('../chains/ChainPage')).ChainPage }),
    children: [
      { index: true, element: <Navigate to="assets" replace /> },
      { path: 'assets', lazy: async () => ({ Component: (await import('../chains/facets')).ChainAssets }) },
      { path: 'markets', lazy: async () => ({ Component: (await import('../chains/facets')).ChainMarkets }) },
      { path: 'exchanges', lazy: async () => ({ Component: (await import('../chains/facets')).ChainExchanges }) },
      { path: 'bridges', lazy: async () => ({ Component: (await import('../chains/facets')).ChainBridges }) },
      { path: 'wallets', lazy: async () => ({ Component: (await import('../chains/facets')).ChainWallets }) },
    ],
  },
]

const router = createBrowserRouter([
  {
    ErrorBoundary: RouteFailure,
    HydrateFallback: Skeleton,
    children: [
      { path: '/sign-in', Component: SignInPage },
      {
        path: '/register',
        lazy: async () => ({ Component: (await import('../registration/LetterPages')).RegisterPage }),
      },
      {
        path: '/recover',
        lazy: async () => ({ Component: (await import('../registration/LetterPages')).RecoverPage }),
      },
      {
        path: '/verify',
        lazy: async () => ({ Component: (await import('../registration/VerifyPage')).VerifyPage }),
      },
    ],
  },
  {
    Component: RequireSession,
    ErrorBoundary: RouteFailure,
    HydrateFallback: Skeleton,
    children: [
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: RouteFailure,
            children: [
              {
                path: 'account',
                lazy: async () => ({ Component: (await import('../account/AccountPage')).AccountPage }),
              },
              ...registryPages,
              { Component: InPool, children: poolPages },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
])

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  )
}
