using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Secrets;

/// <summary>Secrets that were planted, used and sealed anew are looked for wherever anything is written or told.</summary>
public sealed class CanaryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_81_no_secret_is_in_any_log_trace_metric_event_table_answer_or_command()
    {
        await using var collector = await Collector.StartAsync();
        await using var platform = await PlatformProcess.StartAsync(
            Cancel,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "500"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        const string Planted = "canary-planted-5b1f9e02";
        var said = new List<string>();

        said.Add($"{await platform.CommandAsync(["secrets", "set", "canary.one", "value"], Cancel, Planted)}");
        said.Add($"{await platform.CommandAsync(["secrets", "set", "canary.two", "value", Planted], Cancel)}");
        var (token, pool) = await platform.SignInAsync(Cancel);
        said.AddRange(await TradeAsync(platform, pool));
        said.Add($"{await platform.CommandAsync(["keys", "rotate"], Cancel)}");
        said.Add($"{await platform.CommandAsync(["keys", "status"], Cancel)}");
        said.Add($"{await platform.CommandAsync(["secrets", "list"], Cancel)}");
        said.AddRange(await TradeAsync(platform, pool));
        said.AddRange(await MistakesAsync(platform, pool));
        said.Add(await platform.Http.GetStringAsync("/openapi/v1.json", Cancel));
        said.Add(await platform.Http.GetStringAsync("/health/ready", Cancel));
        await Eventually.IsTrueAsync(
            "a call to the venue was traced", Patience,
            _ => Task.FromResult(collector.Holds("/api/v3/order")), Cancel);
        said.Add(platform.Log);
        said.Add(platform.Rays);

        // That they are looked for in the right way: what is not secret is found in each place.
        Assert.Contains(said, text => text.Contains("canary.one", StringComparison.Ordinal));
        Assert.NotEmpty(await TablesWithAsync(platform, "venue.connect"));
        Assert.NotEqual(0, await CountAsync(platform, "type = 'secret_read'"));
        byte[] kek = await File.ReadAllBytesAsync(platform.KekFile, Cancel);
        byte[][] secrets = [Bytes(platform.Venue.ApiKey), Bytes(platform.Venue.ApiSecret), Bytes(Planted), kek, Bytes(PlatformProcess.Password), Bytes(token)];
        foreach (var disguise in secrets.SelectMany(Disguises))
        {
            Assert.DoesNotContain(said, text => text.Contains(disguise, StringComparison.Ordinal));
            Assert.False(collector.Holds(disguise));
            Assert.Empty(await TablesWithAsync(platform, disguise));
        }
    }

    // The same bytes as they may be written somewhere. base64 of what lies inside something longer begins at any of three places.
    private static IEnumerable<string> Disguises(byte[] secret)
    {
        if (secret.All(one => one is >= 0x20 and < 0x7F))
            yield return Encoding.ASCII.GetString(secret);
        yield return Convert.ToHexStringLower(secret);
        yield return Convert.ToHexString(secret);
        for (var offset = 0; offset < 3; offset++)
        {
            var inside = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=')[(offset is 0 ? 0 : offset + 1)..^2];
            yield return inside;
            if (inside.AsSpan().ContainsAny('+', '/'))
                yield return inside.Replace('+', '-').Replace('/', '_');
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<IReadOnlyList<string>> TradeAsync(PlatformProcess platform, string pool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders");
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Content = JsonContent.Create(new { market = "BTC-USDT", side = "buy", type = "market", quoteQuantity = "20" });
        using var answer = await platform.Http.SendAsync(request, Cancel);
        var placed = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, placed);
        var order = System.Text.Json.JsonDocument.Parse(placed).RootElement.GetProperty("orderId").GetString();
        var shown = "";
        await Eventually.IsTrueAsync(
            "the order is filled", Patience,
            async stop =>
            {
                shown = await platform.Http.GetStringAsync($"/v1/pools/{pool}/orders", stop);
                return shown.Contains(order!, StringComparison.Ordinal) && shown.Contains("\"filled\"", StringComparison.Ordinal);
            }, Cancel);
        return [placed, shown, await platform.Http.GetStringAsync($"/v1/pools/{pool}/orders/{order}/events", Cancel)];
    }

    private static async Task<IReadOnlyList<string>> MistakesAsync(PlatformProcess platform, string pool)
    {
        List<string> problems = [];
        foreach (var (method, path, body) in ((HttpMethod, string, string?)[])
            [
                (HttpMethod.Get, "/v1/nothing", null), (HttpMethod.Post, $"/v1/pools/{pool}/orders", "{"),
                (HttpMethod.Post, $"/v1/pools/{pool}/orders", """{"market":"XXX-YYY","side":"buy","type":"market","quantity":"1"}"""),
                (HttpMethod.Post, $"/v1/pools/{pool}/orders", """{"market":"BTC-USDT","side":"buy","type":"market","quantity":"1000000"}"""),
                (HttpMethod.Post, $"/v1/pools/{pool}/orders/{Guid.CreateVersion7()}/cancel", null),
            ])
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await platform.Http.SendAsync(request, Cancel);
            Assert.False(answer.IsSuccessStatusCode);
            problems.Add(await answer.Content.ReadAsStringAsync(Cancel));
        }

        return problems;
    }

    // A row as text has all its columns, bytes among them in hexadecimal.
    private static async Task<IReadOnlyList<string>> TablesWithAsync(PlatformProcess platform, string text)
    {
        await using var source = NpgsqlDataSource.Create(platform.Connection);
        List<string> tables = [], found = [];
        await using (var list = source.CreateCommand(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """))
        {
            await using var reader = await list.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
                tables.Add(reader.GetString(0));
        }

        Assert.True(tables.Count > 20, $"{tables.Count} tables");
        var hex = Convert.ToHexStringLower(Bytes(text));
        foreach (var table in tables)
        {
            await using var search = source.CreateCommand(
                $"select exists (select from {table} one where position($1 in one::text) > 0 or position($2 in one::text) > 0)");
            search.Parameters.Add(new() { Value = text });
            search.Parameters.Add(new() { Value = hex });
            if ((bool)(await search.ExecuteScalarAsync(Cancel))!)
                found.Add(table);
        }

        return found;
    }

    private static async Task<long> CountAsync(PlatformProcess platform, string where)
    {
        await using var source = NpgsqlDataSource.Create(platform.Connection);
        await using var command = source.CreateCommand($"select count(*) from platform.mt_events where {where}");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>Where traces and metrics are sent: an OpenTelemetry collector that keeps everything as it came.</summary>
    private sealed class Collector(WebApplication server) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<byte[]> received = new();

        public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.Receive();
            await collector.StartServerAsync();
            return collector;
        }

        public bool Holds(string text) => received.Any(body => body.AsSpan().IndexOf(Bytes(text)) >= 0);

        public async ValueTask DisposeAsync()
        {
            await server.StopAsync(CancellationToken.None);
            await server.DisposeAsync();
        }

        private Task StartServerAsync() => server.StartAsync(Cancel);

        private void Receive() => server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            received.Enqueue(body.ToArray());
        });
    }
}
