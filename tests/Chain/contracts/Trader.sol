// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface IPool {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function mint(address recipient, int24 low, int24 high, uint128 amount, bytes calldata data) external returns (uint256, uint256);
    function swap(address recipient, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data) external returns (int256, int256);
}

/// Brings liquidity to a pool and swaps in it, and pays what the pool then asks for out of its own.
contract Trader {
    function provide(IPool pool, int24 low, int24 high, uint128 amount) external {
        pool.mint(address(this), low, high, amount, "");
    }

    function swap(IPool pool, bool zeroForOne, int256 amount, uint160 limit) external {
        pool.swap(address(this), zeroForOne, amount, limit, "");
    }

    function uniswapV3MintCallback(uint256 owed0, uint256 owed1, bytes calldata) external {
        pay(IPool(msg.sender).token0(), int256(owed0));
        pay(IPool(msg.sender).token1(), int256(owed1));
    }

    function uniswapV3SwapCallback(int256 delta0, int256 delta1, bytes calldata) external {
        pay(IPool(msg.sender).token0(), delta0);
        pay(IPool(msg.sender).token1(), delta1);
    }

    function pay(address token, int256 owed) private {
        if (owed > 0) require(IERC20(token).transfer(msg.sender, uint256(owed)), "transfer failed");
    }
}
