using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;

namespace Platform.Api.Tests;

/// <summary>Every problem that any host of this process answered: all of them must be in the description of the API.</summary>
public sealed class AnsweredProblems : IDisposable
{
    private readonly ConcurrentDictionary<(string Method, string Route, string Code), bool> answered = [];
    private readonly MeterListener listener = new();

    public AnsweredProblems()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (string.Equals(instrument.Meter.Name, ProblemWriter.Meter, StringComparison.Ordinal))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags));
        listener.Start();
    }

    /// <summary>Those that their endpoint does not declare; an endpoint that is not among these is another host's.</summary>
    public IReadOnlyList<string> Undeclared(EndpointDataSource endpoints)
    {
        var declared = endpoints.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => ((method, endpoint.RoutePattern.RawText!), Refusals.Of(endpoint.Metadata).SelectMany(codes => codes).ToHashSet())))
            .ToDictionary(each => each.Item1, each => each.Item2);
        return
        [
            .. answered.Keys.Where(each => declared.TryGetValue((each.Method, each.Route), out var codes) && !codes.Contains(each.Code))
                .Select(each => $"{each.Method} {each.Route}: {each.Code}").Order(),
        ];
    }

    public void Dispose() => listener.Dispose();

    private void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> known = new(tags.ToArray());
        if (known["http.route"] is string route)
            answered.TryAdd(((string)known["http.request.method"]!, route, (string)known["code"]!), value: true);
    }
}
