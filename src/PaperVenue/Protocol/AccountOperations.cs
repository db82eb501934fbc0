using System.Text.Json;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;

namespace Platform.PaperVenue.Protocol;

/// <summary>Balances and commission of the caller's account.</summary>
public sealed class AccountOperations(History history, MarketLookup markets)
{
    private static readonly CommissionRates Rates = CommissionRates.Demo;

    public IEnumerable<Operation> All =>
    [
        Operation.Private("/api/v3/account", "account.status", 20, Status),
        Operation.Private("/api/v3/account/commission", "account.commission", 20, Commission),
    ];

    public static void WriteOrderCommission(Utf8JsonWriter json)
    {
        WriteRates(json, "standardCommissionForOrder", Rates);
        WriteRates(json, "taxCommissionForOrder", new(0, 0));
        WriteDiscount(json);
    }

    private void Status(OperationCall call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("makerCommission", (int)(Rates.Maker * 10_000));
        json.WriteNumber("takerCommission", (int)(Rates.Taker * 10_000));
        json.WriteNumber("buyerCommission", 0);
        json.WriteNumber("sellerCommission", 0);
        WriteFourRates(json, "commissionRates", Rates);
        json.WriteBoolean("canTrade", true);
        json.WriteBoolean("canWithdraw", false);
        json.WriteBoolean("canDeposit", false);
        json.WriteBoolean("brokered", false);
        json.WriteBoolean("requireSelfTradePrevention", false);
        json.WriteBoolean("preventSor", false);
        json.WriteNumber("updateTime", history.LastUpdate(call.AccountId));
        json.WriteString("accountType", "SPOT");
        WriteBalances(call);
        json.WriteStartArray("permissions");
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteNumber("uid", call.AccountId);
        json.WriteEndObject();
    }

    private void WriteBalances(OperationCall call)
    {
        var omitZero = call.Parameters.Flag("omitZeroBalances");
        call.Json.WritePropertyName("balances");
        var balances = history.Balances(call.AccountId).Where(held => !omitZero || held.Balance.Total > 0);
        call.Json.WriteList(balances, (json, held) =>
        {
            json.WriteStartObject();
            json.WriteString("asset", held.Asset);
            json.WriteAmount("free", held.Balance.Free);
            json.WriteAmount("locked", held.Balance.Locked);
            json.WriteEndObject();
        });
    }

    private void Commission(OperationCall call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", markets.Required(call.Parameters).Symbol);
        WriteFourRates(json, "standardCommission", Rates);
        WriteFourRates(json, "specialCommission", new(0, 0));
        WriteFourRates(json, "taxCommission", new(0, 0));
        WriteDiscount(json);
        json.WriteEndObject();
    }

    private static void WriteFourRates(Utf8JsonWriter json, string name, CommissionRates rates)
    {
        json.WriteStartObject(name);
        json.WriteAmount("maker", rates.Maker);
        json.WriteAmount("taker", rates.Taker);
        json.WriteAmount("buyer", 0);
        json.WriteAmount("seller", 0);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, string name, CommissionRates rates)
    {
        json.WriteStartObject(name);
        json.WriteAmount("maker", rates.Maker);
        json.WriteAmount("taker", rates.Taker);
        json.WriteEndObject();
    }

    // The paper venue takes its commission in the asset received; paying it in BNB is not offered.
    private static void WriteDiscount(Utf8JsonWriter json)
    {
        json.WriteStartObject("discount");
        json.WriteBoolean("enabledForAccount", false);
        json.WriteBoolean("enabledForSymbol", false);
        json.WriteString("discountAsset", "BNB");
        json.WriteAmount("discount", 0);
        json.WriteEndObject();
    }
}
