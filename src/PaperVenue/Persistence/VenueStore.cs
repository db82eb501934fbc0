using Microsoft.Data.Sqlite;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Persistence;

/// <summary>An account's credentials.</summary>
public sealed record ApiKey(string Key, string Secret, long AccountId);

/// <summary>
/// The venue's only memory across restarts: one SQLite file in WAL mode. One writer thread commits here; readers
/// have connections of their own (see <see cref="History"/>) and see what is committed, never more.
/// </summary>
public sealed class VenueStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly CommitStatements statements;

    private VenueStore(SqliteConnection connection, string readConnectionString)
    {
        this.connection = connection;
        ReadConnectionString = readConnectionString;
        statements = new(connection);
    }

    public string ReadConnectionString { get; }

    /// <summary>Opens the store in a folder, and makes it there the first time.</summary>
    public static VenueStore Open(string folder)
    {
        var path = Path.Combine(folder, "venue.db");
        var writing = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        writing.Open();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Execute(writing, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;");
        Execute(writing, Schema.Sql);
        var reading = new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 2,
        };
        return new(writing, reading.ToString());
    }

    public void AddKey(ApiKey key) => Execute(
        connection, "INSERT INTO api_keys (api_key, secret, account_id) VALUES ($key, $secret, $account)",
        ("$key", key.Key), ("$secret", key.Secret), ("$account", key.AccountId));

    public IReadOnlyList<ApiKey> Keys() => Query(
        "SELECT api_key, secret, account_id FROM api_keys",
        row => new ApiKey(row.GetString(0), row.GetString(1), row.GetInt64(2)));

    public IReadOnlyDictionary<string, long> SequenceCeilings() => Query(
            "SELECT name, ceiling FROM sequences", row => (Name: row.GetString(0), Ceiling: row.GetInt64(1)))
        .ToDictionary(row => row.Name, row => row.Ceiling, StringComparer.Ordinal);

    public IReadOnlyList<BalanceChanged> Balances() => Query(
        "SELECT account_id, asset, free, locked FROM balances",
        row => new BalanceChanged(
            row.GetInt64(0), row.GetString(1), new(Rows.Amount(row, 2), Rows.Amount(row, 3))));

    /// <summary>In the sequence of their time priority; orders of markets not listed now stay in the store.</summary>
    public IReadOnlyList<Order> OpenOrders(IReadOnlyDictionary<string, Instrument> instruments) => [.. Query(
            $"SELECT {Rows.OrderColumns} FROM orders WHERE status < 2 ORDER BY order_id",
            row => instruments.ContainsKey(row.GetString(2)) ? Rows.Order(row, instruments) : null)
        .OfType<Order>()];

    /// <summary>Stores all or nothing; once it returned, no crash of process or machine loses any of it.</summary>
    public void Commit(Changes changes)
    {
        using var transaction = connection.BeginTransaction();
        statements.Write(changes, transaction);
        transaction.Commit();
    }

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }

    private static void Execute(SqliteConnection on, string sql, params (string Name, object Value)[] values)
    {
        using var command = new SqliteCommand(sql, on);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = new SqliteCommand(sql, connection);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }
}
