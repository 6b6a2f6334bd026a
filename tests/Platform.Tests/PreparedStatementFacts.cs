using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Connections keep statements prepared; a value that the server refuses must not spoil one for who comes next.</summary>
public sealed class PreparedStatementFacts(SampleService sample) : IClassFixture<SampleService>
{
    // PostgreSQL has no NUL in a text, and says so when it is given one, before the statement begins.
    private const string Refused = "\0";

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task A_refused_value_spoils_nothing_for_the_next_use(int usesBefore)
    {
        // A statement of this case alone, as its use is counted.
        Task<int> CountAsync(string text) => sample.InTenantAsync(TestTenants.Acme, db =>
            db.Notes.TagWith($"after {usesBefore}").CountAsync(note => note.Text == text));

        for (var round = 0; round < 3; round++)
        {
            for (var use = 0; use < usesBefore; use++)
                await CountAsync("nothing");
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => CountAsync(Refused));
            Assert.Equal(PostgresErrorCodes.CharacterNotInRepertoire, refusal.SqlState);
        }

        for (var use = 0; use < 10; use++)
            Assert.Equal(0, await CountAsync("nothing"));
    }

    [Fact]
    public async Task A_save_that_is_refused_spoils_nothing_for_the_next_one()
    {
        for (var save = 1; save <= 20; save++)
        {
            if (save % 5 == 0)
                Assert.IsType<PostgresException>((await Assert.ThrowsAsync<DbUpdateException>(() => AddTwoAsync(Refused))).InnerException);
            else
                await AddTwoAsync("kept");
        }
    }

    private Task<int> AddTwoAsync(string second) => sample.InTenantAsync(TestTenants.Acme, async db =>
    {
        db.Notes.AddRange(new Note { Text = "kept" }, new Note { Text = second });
        return await db.SaveChangesAsync();
    });
}
