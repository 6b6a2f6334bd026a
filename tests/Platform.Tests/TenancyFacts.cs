using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

public sealed class TenancyFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_no_others()
    {
        var id = await sample.AddNoteAsync(TestTenants.Acme, "mine");
        Assert.True(await sample.InTenantAsync(TestTenants.Acme, db => db.Notes.AnyAsync(note => note.Id == id)));
        Assert.False(await sample.InTenantAsync(TestTenants.Globex, db => db.Notes.AnyAsync(note => note.Id == id)));
        Assert.False(await sample.InTenantAsync(null, db => db.Notes.AnyAsync(note => note.Id == id)));
    }

    [Fact]
    public async Task Row_level_security_holds_without_the_filter()
    {
        var id = await sample.AddNoteAsync(TestTenants.Acme, "behind the second wall");
        Assert.True(await sample.InTenantAsync(TestTenants.Acme, db => db.Notes.IgnoreQueryFilters().AnyAsync(note => note.Id == id)));
        Assert.False(await sample.InTenantAsync(TestTenants.Globex, db => db.Notes.IgnoreQueryFilters().AnyAsync(note => note.Id == id)));
        Assert.Equal(0, await sample.InTenantAsync(null, db => db.Notes.IgnoreQueryFilters().CountAsync()));
        Assert.Equal(0, await sample.InTenantAsync(TestTenants.Globex, db => db.Notes.IgnoreQueryFilters().Where(note => note.Id == id).ExecuteUpdateAsync(note => note.SetProperty(row => row.Text, "taken"))));
    }

    [Fact]
    public async Task The_database_refuses_a_row_for_another_tenant()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => sample.InTenantAsync(TestTenants.Acme, db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO notes (tenant_id, id, text, create_time, update_time) VALUES ({TestTenants.Globex}, {Guid.CreateVersion7()}, 'x', now(), now())")));
        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    public async Task A_row_of_another_tenant_is_not_written_by_mistake() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => sample.InTenantAsync(TestTenants.Acme, async db =>
        {
            db.Notes.Add(new Note { TenantId = TestTenants.Globex });
            return await db.SaveChangesAsync();
        }));

    [Fact]
    public async Task A_pooled_connection_carries_no_tenant_over()
    {
        await sample.AddNoteAsync(TestTenants.Acme, "before");
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await sample.InTenantAsync(TestTenants.Acme, db => db.Notes.CountAsync()) > 0);
            var setting = await sample.InTenantAsync(null, db => db.Database.SqlQuery<string>($"SELECT coalesce(current_setting('platform.tenant_id', true), '') AS \"Value\"").SingleAsync());
            Assert.Equal("", setting);
        }
    }

    [Fact]
    public async Task A_pooled_context_works_for_the_scope_that_took_it_and_remembers_nothing()
    {
        Guid[] tenants = [TestTenants.Acme, TestTenants.Globex];
        var ids = await Task.WhenAll(tenants.Select(tenant => sample.AddNoteAsync(tenant, "pooled")));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var (own, other) = (i % 2, (i + 1) % 2);
            await sample.InTenantAsync(tenants[own], async db =>
            {
                Assert.Empty(db.ChangeTracker.Entries());
                Assert.NotNull(await db.Notes.FindAsync(tenants[own], ids[own]));
                Assert.False(await db.Notes.AnyAsync(note => note.Id == ids[other]));
                return db.Notes.Add(new Note { Text = "never saved" });
            });
        }));
    }

    [Fact]
    public async Task A_table_that_is_there_can_be_opened_to_a_task_of_all_tenants_and_be_closed_for_changes()
    {
        var sql = await sample.InTenantAsync(TestTenants.Acme, db => Task.FromResult(db.GetService<IMigrationsSqlGenerator>().Generate([Marked("Platform:AppendOnly", "Platform:WorkedOnAcrossTenants")])));
        Assert.Collection(
            sql.Select(command => command.CommandText.TrimEnd()),
            policy => Assert.Matches("^DROP POLICY tenant_isolation ON notes;\\s+CREATE POLICY tenant_isolation ON notes USING \\(.+ OR \\(SELECT platform.is_relay\\(\\)\\)\\) WITH CHECK .+;$", policy),
            trigger => Assert.StartsWith("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notes", trigger, StringComparison.Ordinal));

        static AlterTableOperation Marked(params string[] marks)
        {
            var operation = new AlterTableOperation { Name = "notes" };
            foreach (var mark in marks)
                operation.AddAnnotation(mark, true);
            return operation;
        }
    }
}

public sealed class FilterFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task The_filter_holds_without_row_level_security()
    {
        var id = await sample.AddNoteAsync(TestTenants.Acme, "behind the first wall");
        await sample.Database.ExecuteAsync("ALTER TABLE notes DISABLE ROW LEVEL SECURITY");
        Assert.True(await sample.InTenantAsync(TestTenants.Acme, db => db.Notes.AnyAsync(note => note.Id == id)));
        Assert.False(await sample.InTenantAsync(TestTenants.Globex, db => db.Notes.AnyAsync(note => note.Id == id)));
        Assert.False(await sample.InTenantAsync(null, db => db.Notes.AnyAsync(note => note.Id == id)));
    }
}
