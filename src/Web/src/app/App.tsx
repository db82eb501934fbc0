import { QueryClientProvider } from '@tanstack/react-query'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { RequireSession } from '../session/RequireSession'
import { SignInPage } from '../session/SignInPage'
import { Skeleton } from '../ui/states'
import { NotFoundPage } from './NotFoundPage'
import { queryClient } from './queryClient'
import { RouteFailure } from './RouteFailure'
import { Shell } from './Shell'

const router = createBrowserRouter([
  { path: '/sign-in', Component: SignInPage },
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
                index: true,
                lazy: async () => ({ Component: (await import('../portfolio/PortfolioPage')).PortfolioPage }),
              },
              { path: 'markets', lazy: async () => ({ Component: (await import('../market/MarketPage')).LastMarket }) },
              {
                path: 'markets/:market',
                lazy: async () => ({ Component: (await import('../market/MarketPage')).MarketPage }),
              },
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
