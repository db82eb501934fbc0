// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// A token with as many decimals and as large a supply as a test wants; all of it is the deployer's.
contract Coin is ERC20 {
    uint8 private immutable places;

    constructor(string memory symbol, uint8 places_, uint256 supply) ERC20(symbol, symbol) {
        places = places_;
        _mint(msg.sender, supply);
    }

    function decimals() public view override returns (uint8) {
        return places;
    }
}
