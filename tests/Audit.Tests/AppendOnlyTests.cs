using Npgsql;

namespace Platform.Audit.Tests;

public sealed class AppendOnlyTests(AuditedDatabase database) : IClassFixture<AuditedDatabase>
{
    [Theory]
    [InlineData("update platform.audit_link set leaf = link where idx = 0")]
    [InlineData("delete from platform.audit_link where idx = 0")]
    [InlineData("truncate platform.audit_link")]
    [InlineData("update platform.audit_checkpoint set note = ''")]
    [InlineData("delete from platform.audit_checkpoint")]
    [InlineData("truncate platform.audit_checkpoint")]
    public async Task Links_and_checkpoints_only_grow(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => AuditedDatabase.ExecuteAsync(database.Connection, statement));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }
}
