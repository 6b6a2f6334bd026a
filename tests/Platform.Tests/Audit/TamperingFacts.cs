using Npgsql;
using Platform.Audit.V1;
using Platform.Auditing;
using Xunit;

namespace Platform.Tests.Audit;

public sealed class TamperingFacts(SampleService sample) : IClassFixture<SampleService>
{
    public static TheoryData<string, string> Forbidden => new()
    {
        { "audit_entries", "UPDATE audit_entries SET actor = 'nobody'" },
        { "audit_entries", "DELETE FROM audit_entries" },
        { "audit_entries", "TRUNCATE audit_entries" },
        { "audit_seals", "UPDATE audit_seals SET hash = previous_hash" },
        { "audit_seals", "DELETE FROM audit_seals" },
        { "audit_seals", "TRUNCATE audit_seals" },
    };

    public static TheoryData<FindingKind, string> Changes => new()
    {
        { FindingKind.Changed, "UPDATE audit_entries SET actor = 'nobody' WHERE id = $entry" },
        { FindingKind.Changed, "UPDATE audit_entries SET on_behalf_of = 'nobody' WHERE id = $entry" },
        { FindingKind.Changed, "UPDATE audit_entries SET time = time + interval '1 microsecond' WHERE id = $entry" },
        { FindingKind.Changed, "UPDATE audit_entries SET after = replace(after::text, 'note', 'Note')::json WHERE id = $entry" },
        { FindingKind.Changed, "UPDATE audit_entries SET after = NULL WHERE id = $entry" },
        { FindingKind.Changed, "UPDATE audit_entries SET actor = '', operation = actor || operation WHERE id = $entry" },
        { FindingKind.LinkBroken, "UPDATE audit_seals SET hash = sha256(hash) WHERE tenant_id = $tenant AND sequence = 5" },
        { FindingKind.Removed, "DELETE FROM audit_entries WHERE id = $entry" },
        { FindingKind.LinkMissing, "DELETE FROM audit_entries WHERE id = $entry; DELETE FROM audit_seals WHERE tenant_id = $tenant AND sequence = 5" },
        {
            FindingKind.LinkBroken,
            """
            DELETE FROM audit_entries WHERE id = $entry;
            DELETE FROM audit_seals WHERE tenant_id = $tenant AND sequence = 5;
            UPDATE audit_seals SET sequence = sequence - 1 WHERE tenant_id = $tenant AND sequence > 5
            """
        },
        {
            FindingKind.LinkBroken,
            """
            CREATE TEMP TABLE kept AS SELECT sequence, entry_id FROM audit_seals WHERE tenant_id = $tenant AND sequence IN (5, 6);
            UPDATE audit_seals SET entry_id = gen_random_uuid() WHERE tenant_id = $tenant AND sequence IN (5, 6);
            UPDATE audit_seals s SET entry_id = k.entry_id FROM kept k WHERE tenant_id = $tenant AND s.sequence = 11 - k.sequence
            """
        },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Neither_the_service_nor_the_owner_changes_what_is_written(string table, string sql)
    {
        await sample.TenantWithAsync(1);
        var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            await using var source = NpgsqlDataSource.Create(sample.Database.Application);
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        });
        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, true), (refused.SqlState, refused.MessageText.Contains(table, StringComparison.Ordinal)));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => sample.Database.ExecuteAsync(sql))).SqlState);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_a_superuser_changes_is_found_and_named(FindingKind kind, string sql)
    {
        var tenant = await sample.TenantWithAsync(9);
        var untouched = await sample.TenantWithAsync(2);
        var entry = await sample.Database.QueryAsync<Guid>($"SELECT entry_id FROM audit_seals WHERE tenant_id = '{tenant}' AND sequence = 5");
        Assert.Null((await sample.VerifyAsync(tenant)).Finding);
        await sample.TamperAsync(sql.Replace("$entry", $"'{entry}'", StringComparison.Ordinal).Replace("$tenant", $"'{tenant}'", StringComparison.Ordinal));
        var report = await sample.VerifyAsync(tenant);
        Assert.Equal((kind, 5L, 4L), (report.Finding?.Kind, report.Finding?.Sequence, report.Sequence));
        Assert.Null((await sample.VerifyAsync(untouched)).Finding);
    }

    [Fact]
    public async Task An_entry_that_was_slipped_in_is_found()
    {
        var tenant = await sample.TenantWithAsync(3);
        await sample.TamperAsync($"""
            INSERT INTO audit_entries (tenant_id, id, time, actor_kind, actor, on_behalf_of, operation, trace_id, client_address, resource, resource_id, action, content_hash)
            VALUES ('{tenant}', '01900000-0000-7000-8000-000000000001', now() - interval '1 year', 'Person', 'somebody', '', '', '', '', 'sample.note', 'x', 'delete', '')
            """);
        Assert.Equal(new Finding { Kind = FindingKind.Inserted, EntryId = "01900000-0000-7000-8000-000000000001" }, (await sample.VerifyAsync(tenant)).Finding);
    }

    [Fact]
    public async Task A_chain_that_was_cut_is_whole_in_itself_and_found_by_a_head_that_was_noted()
    {
        var tenant = await sample.TenantWithAsync(6);
        var noted = await sample.HeadAsync(tenant);
        Assert.Null((await sample.CompareAsync(tenant, noted)).Finding);
        await sample.TamperAsync($"""
            DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_seals WHERE tenant_id = '{tenant}' AND sequence > 4);
            DELETE FROM audit_seals WHERE tenant_id = '{tenant}' AND sequence > 4
            """);
        Assert.Null((await sample.VerifyAsync(tenant)).Finding);
        Assert.Equal(new Finding { Kind = FindingKind.Truncated, Sequence = 6 }, (await sample.CompareAsync(tenant, noted)).Finding);
    }

    [Fact]
    public async Task A_chain_that_was_computed_anew_is_whole_in_itself_and_found_by_a_head_that_was_noted()
    {
        var tenant = await sample.TenantWithAsync(6);
        var noted = await sample.HeadAsync(tenant);
        var entry = await sample.Database.QueryAsync<Guid>($"SELECT entry_id FROM audit_seals WHERE tenant_id = '{tenant}' AND sequence = 4");
        await ForgeAsync(tenant, entry);
        Assert.Null((await sample.VerifyAsync(tenant)).Finding);
        await sample.AddNoteAsync(tenant, "the forged chain goes on");
        await sample.SealedAsync(tenant, 7);
        var later = await sample.HeadAsync(tenant);
        var found = (await sample.CompareAsync(tenant, later, noted)).Finding;
        Assert.Equal((FindingKind.Rewritten, 6L), (found?.Kind, found?.Sequence));
    }

    // What a superuser who knows our code can do: change an entry, and compute every hash from there on.
    private async Task ForgeAsync(Guid tenant, Guid changed)
    {
        await sample.TamperAsync($"UPDATE audit_entries SET actor = 'somebody else' WHERE id = '{changed}'");
        var entries = await sample.InTenantAsync(tenant, db => Task.FromResult(db.AuditEntries.ToList()));
        var seals = await sample.InTenantAsync(tenant, db => Task.FromResult(db.AuditSeals.OrderBy(seal => seal.Sequence).ToList()));
        var previous = EntryHash.OfBeginning("sample", tenant);
        foreach (var seal in seals)
        {
            var content = EntryHash.OfContent(entries.Single(entry => entry.Id == seal.EntryId));
            var hash = EntryHash.OfLink(previous, seal.Sequence, content);
            await sample.TamperAsync($"""
                UPDATE audit_entries SET content_hash = '\x{Convert.ToHexString(content)}' WHERE id = '{seal.EntryId}';
                UPDATE audit_seals SET previous_hash = '\x{Convert.ToHexString(previous)}', hash = '\x{Convert.ToHexString(hash)}' WHERE tenant_id = '{tenant}' AND sequence = {seal.Sequence}
                """);
            previous = hash;
        }
    }
}
