using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Auditing;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Audit;

public sealed class SealingFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task Many_writers_of_many_tenants_make_chains_without_a_gap()
    {
        const int writers = 8, notes = 25;
        var tenants = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        await Parallel.ForEachAsync(
            tenants.SelectMany(tenant => Enumerable.Repeat(tenant, writers)), new ParallelOptions { MaxDegreeOfParallelism = writers * tenants.Count }, async (tenant, _) =>
            {
                for (var note = 0; note < notes; note++)
                    await sample.AddNoteAsync(tenant, $"note {note}");
            });
        foreach (var tenant in tenants)
        {
            await sample.SealedAsync(tenant, writers * notes);
            var report = await sample.VerifyAsync(tenant);
            Assert.Null(report.Finding);
            Assert.Equal((writers * notes, 0L), (report.Sequence, report.Waiting));
        }
    }

    [Fact]
    public async Task An_entry_waits_for_its_seal_while_nobody_seals_and_gets_it_afterwards()
    {
        var tenant = Guid.CreateVersion7();
        await using (var source = NpgsqlDataSource.Create(sample.Database.Owner))
        await using (var sealer = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // A sealer in the middle of its work, which then dies with its connection.
            await new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('platform.audit'))", sealer).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await sample.AddNoteAsync(tenant, "meanwhile");
            var report = await sample.VerifyAsync(tenant);
            Assert.Equal((0L, 1L, null), (report.Sequence, report.Waiting, report.Finding));
        }

        NpgsqlConnection.ClearAllPools();
        await sample.SealedAsync(tenant, 1);
        Assert.Equal(0, (await sample.VerifyAsync(tenant)).Waiting);
    }

    [Fact]
    public async Task An_entry_is_sealed_about_a_second_after_its_commit_and_its_head_is_announced()
    {
        var tenant = Guid.CreateVersion7();
        await sample.TenantWithAsync(1);
        var started = Stopwatch.GetTimestamp();
        await sample.AddNoteAsync(tenant, "note");
        await sample.SealedAsync(tenant, 1);
        Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Promptly, "A second, and what a loaded machine adds.");
        var head = await sample.HeadAsync(tenant);
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Any(entry => JsonDocument.Parse(entry.Event.ToByteArray()).RootElement is var envelope
            && envelope.GetProperty("type").GetString() == "platform.audit.v1.HeadSealed"
            && envelope.GetProperty("tenantid").GetGuid() == tenant
            && envelope.GetProperty("data").GetProperty("hash").GetString() == head.Hash));
    }

    [Fact]
    public async Task A_rolled_back_change_leaves_no_entry_and_no_gap()
    {
        var tenant = Guid.CreateVersion7();
        await sample.InTenantAsync(tenant, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Notes.Add(new Note { Text = "never" });
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        await sample.AddNoteAsync(tenant, "kept");
        await sample.SealedAsync(tenant, 1);
        Assert.Equal(1, await sample.InTenantAsync(tenant, db => db.AuditEntries.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_save_that_failed_and_is_tried_again_is_told_once()
    {
        var tenant = await sample.TenantWithAsync(0);
        var id = await sample.AddNoteAsync(tenant, "first");
        await sample.InTenantAsync(tenant, async db =>
        {
            var twin = new Note { Id = id, Text = "twin" };
            db.Notes.Add(twin);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
            db.Entry(twin).State = EntityState.Detached;
            db.Notes.Add(new Note { Text = "second" });
            return await db.SaveChangesAsync();
        });
        await sample.SealedAsync(tenant, 2);
        Assert.Equal(["first", "second"], (await sample.InTenantAsync(tenant, db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync(TestContext.Current.CancellationToken)))
            .Select(entry => JsonDocument.Parse(entry.After!).RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_is_no_change_of_an_entity_is_told_by_hand_and_secrets_are_not_told()
    {
        var tenant = Guid.CreateVersion7();
        await sample.InTenantAsync(tenant, async db =>
        {
            db.Audit("sign_in", "sample.member", "42");
            var note = new Note { Text = "with a secret", ApiKeyHash = "abc", Diagnosis = "private" };
            db.Notes.Add(note);
            await db.SaveChangesAsync();
            note.Diagnosis = "very private";
            return await db.SaveChangesAsync();
        });
        await sample.SealedAsync(tenant, 3);
        var entries = await sample.InTenantAsync(tenant, db => db.AuditEntries.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Single(entries, entry => (entry.Action, entry.Resource, entry.ResourceId) == ("sign_in", "sample.member", "42"));
        Assert.Single(entries, entry => entry.After == """{"apiKeyHash":"***","diagnosis":"***","text":"with a secret"}""");
        Assert.Single(entries, entry => (entry.Before, entry.After) == ("""{"diagnosis":"***"}""", """{"diagnosis":"***"}"""));
    }
}
