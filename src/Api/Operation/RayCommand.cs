using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using Npgsql;
using Platform.Api.Secrets;
using Platform.Projections;
using Spectre.Console;

namespace Platform.Api.Operation;

/// <summary><c>platform ray show ID</c>: all that is known of one request, in order of time: what was logged, traced and recorded.</summary>
internal static class RayCommand
{
    private const int NothingKnown = 1;
    private const int EventsMax = 1_000;

    private const string Table = "table";
    private const string Json = "json";

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Argument<string> Id = new("id") { Description = "As X-Ray-Id, or the member rayId of a problem, has it." };

    private static readonly Option<string> Output = new("--output") { Description = "How to print it.", DefaultValueFactory = _ => Table };

    public static Command Create(IServiceProvider services)
    {
        Output.AcceptOnlyFromAmong(Table, Json);
        var show = new Command("show", "Show all that is known of one request.") { Id, Output };
        show.SetAction((arguments, stop) => ShowAsync(
            services, arguments.GetRequiredValue(Id), arguments.GetRequiredValue(Output) is Json, stop));
        return new("ray", "What became of a request.") { show };
    }

    private static async Task<int> ShowAsync(IServiceProvider services, string id, bool isJson, CancellationToken stop)
    {
        // What was typed is not repeated: it may be anything.
        var trace = RayId.TraceIn(id) ?? throw new UsageException(
            "A ray is named by 32 digits of 0-9 and a-f, a hyphen and 4 more, as X-Ray-Id has it.");
        List<RayStep> steps =
        [
            .. services.GetRequiredService<RayFolder>().StepsOf(trace),
            .. await EventsAsync(services.GetRequiredService<IDocumentStore>(), trace, stop),
        ];
        if (steps.Count == 0)
        {
            await Console.Error.WriteLineAsync("Nothing is known of that ray.".AsMemory(), stop);
            return NothingKnown;
        }

        Print(steps.OrderBy(step => step.At), isJson);
        return 0;
    }

    private static void Print(IEnumerable<RayStep> steps, bool isJson)
    {
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(steps, Compact));
            return;
        }

        var table = new Table().AddColumns("Time", "From", "What", "ms", "Facts");
        foreach (var step in steps)
            table.AddRow(
                step.At.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture), step.Kind.ToString().ToLowerInvariant(), Plain(step.What),
                step.Milliseconds?.ToString("F1", CultureInfo.InvariantCulture) ?? "", Plain(step.Facts ?? ""));
        Terminal.Print(table);
    }

    // What people sent may be in it: no letter may move the cursor, and none is markup.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format)
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                plain.Append(letter);
        }

        return Markup.Escape(plain.ToString());
    }

    // Commands name the ray as the cause, what the bus starts by itself its trace. There is no index by it: one look over the
    // events, which an operator can wait for.
    private static async Task<IReadOnlyList<RayStep>> EventsAsync(IDocumentStore store, string trace, CancellationToken stop)
    {
        await using var command = store.Storage.Database.Connections.CreateCommand(
            $"""
             select timestamp, type, seq_id, stream_id, tenant_id, user_name from {PlatformStore.Schema}.mt_events
             where (correlation_id = $1 or correlation_id like $1 || '-____') and type <> 'tombstone'
             order by seq_id limit {EventsMax}
             """);
        command.Parameters.AddWithValue(trace);
        await using var reader = await command.ExecuteReaderAsync(stop);
        List<RayStep> steps = [];
        while (await reader.ReadAsync(stop))
            steps.Add(StepOf(reader));
        return steps;
    }

    private static RayStep StepOf(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0), RayStepKind.Event, row.GetString(1), Milliseconds: null,
        string.Create(
            CultureInfo.InvariantCulture,
            $"sequence={row.GetInt64(2)} stream={row.GetGuid(3)} tenant={row.GetString(4)} user={(row.IsDBNull(5) ? "-" : row.GetString(5))}"));
}
