using System.Text;
using Contacts.Tests.Imports;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Segments;

/// <summary>Whoever passes belongs to it: by whatever way a record is written, and whoever comes or goes is told of once.</summary>
public sealed class DynamicSegmentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Keeper _keeper = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_that_were_there_and_those_that_are_written_later_come_and_go()
    {
        var (ann, bob) = (await _keeper.PersonAsync("Ann", "CEO"), await _keeper.PersonAsync("Bob"));
        var segment = await _keeper.DynamicAsync("job_title = \"CEO\"");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
        await _keeper.ChangeAsync(new Person { Id = bob.Id, JobTitle = "CEO" });
        var eve = await _keeper.PersonAsync("Eve", "CEO");
        Assert.Equal("Ann Bob Eve", await _keeper.NamesAsync(segment.Id));
        await _keeper.ChangeAsync(new Person { Id = ann.Id, JobTitle = "CFO" });
        await _keeper.People.DeletePersonAsync(new DeletePersonRequest { Id = eve.Id }, cancellationToken: Token);
        Assert.Equal("Bob", await _keeper.NamesAsync(segment.Id));
        Assert.Equal((1L, 1L, 1L, 0L, 1L), (
            await _keeper.EventsAsync("SegmentMemberAdded", ann.Id), await _keeper.EventsAsync("SegmentMemberRemoved", ann.Id),
            await _keeper.EventsAsync("SegmentMemberAdded", bob.Id), await _keeper.EventsAsync("SegmentMemberRemoved", bob.Id), await _keeper.EventsAsync("SegmentMemberRemoved", eve.Id)));
        Assert.Equal(1, (await _keeper.Segments.CountSegmentMembersAsync(new CountSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task What_is_imported_belongs_to_it_too()
    {
        var segment = await _keeper.DynamicAsync("email : \"@import.example\"");
        using var rest = contacts.Rest(_keeper.Tenant);
        await Upload.RestAsync(rest, Encoding.UTF8.GetBytes("Last name,E-mail\nOne,one@import.example\nTwo,two@import.example\nOther,three@x.example\n"));
        Assert.Equal("One Two", await _keeper.NamesAsync(segment.Id));
    }

    [Fact]
    public async Task A_change_of_the_company_changes_who_of_its_people_belongs_to_it()
    {
        var (steel, wood) = (await _keeper.CompanyAsync("Steel Works"), await _keeper.CompanyAsync("Wood Works"));
        await _keeper.PersonAsync("Ann", company: steel.Id);
        await _keeper.PersonAsync("Bob", company: wood.Id);
        var segment = await _keeper.DynamicAsync("company.name : \"steel\"");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
        await _keeper.Companies.UpdateCompanyAsync(new UpdateCompanyRequest { Company = new Company { Id = wood.Id, Name = "Wood and Steel" } }, cancellationToken: Token);
        await _keeper.Companies.UpdateCompanyAsync(new UpdateCompanyRequest { Company = new Company { Id = steel.Id, Name = "Iron Works" } }, cancellationToken: Token);
        Assert.Equal("Bob", await _keeper.NamesAsync(segment.Id));
        // Merged companies lead their people to the one that stays.
        await _keeper.Companies.MergeCompanyAsync(new MergeCompanyRequest { Id = wood.Id, Merged = { new MergedRecord { Id = steel.Id } } }, cancellationToken: Token);
        Assert.Equal("Ann Bob", await _keeper.NamesAsync(segment.Id));
    }

    [Fact]
    public async Task Another_expression_is_applied_to_all_records_in_the_background()
    {
        await _keeper.PersonAsync("Ann", "CEO");
        await _keeper.PersonAsync("Bob", "CFO");
        var segment = await _keeper.DynamicAsync("job_title = \"CEO\"");
        var changed = await _keeper.Segments.UpdateSegmentAsync(
            new UpdateSegmentRequest { Segment = new Segment { Id = segment.Id, Etag = segment.Etag, Filter = "job_title = \"CFO\"" } }, cancellationToken: Token);
        Assert.Equal((SegmentState.Pending, true), (changed.State, changed.Progress is not null));
        await _keeper.ReadyAsync(segment.Id);
        Assert.Equal("Bob", await _keeper.NamesAsync(segment.Id));
        var ready = await _keeper.GetAsync(segment.Id);
        // That it was evaluated does not make who read it before stale.
        Assert.Equal((changed.Etag, true), (ready.Etag, ready.EvaluateTime is not null));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", _keeper.Segments.UpdateSegmentAsync(
            new UpdateSegmentRequest { Segment = new Segment { Id = segment.Id, Etag = segment.Etag, Name = "Late" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_depends_on_the_date_is_looked_at_again_at_midnight_of_its_time_zone()
    {
        await _keeper.PersonAsync("Ann");
        var segment = await _keeper.DynamicAsync("create_time >= startOfDay(-3)", zone: "Asia/Tokyo");
        // Midnight in Tokyo is 15:00 UTC, all year round.
        Assert.Equal(15m, await contacts.Database.QueryAsync<decimal>($"SELECT extract(hour FROM due_time AT TIME ZONE 'UTC') FROM segment_runs WHERE segment_id = '{segment.Id}'"));
        var still = await _keeper.DynamicAsync("last_name = \"Ann\"");
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM segment_runs WHERE segment_id = '{still.Id}' AND due_time IS NULL"));
        // As if it were over: nothing but the clock says that somebody came or went.
        await contacts.Database.ExecuteAsync($"DELETE FROM segment_members WHERE segment_id = '{segment.Id}'");
        await contacts.Database.ExecuteAsync($"UPDATE segment_runs SET due_time = now() WHERE segment_id = '{segment.Id}'");
        await _keeper.DynamicAsync("last_name = \"Nobody\"");
        await Eventually.HoldsAsync(async () => await _keeper.NamesAsync(segment.Id) == "Ann", TimeSpan.FromSeconds(60));

        // A day that ends while records are looked at ends for those, too, that had been looked at before.
        await contacts.Database.ExecuteAsync($"DELETE FROM segment_members WHERE segment_id = '{segment.Id}'");
        await contacts.Database.ExecuteAsync($"UPDATE segment_runs SET cursor = 'ffffffff-ffff-ffff-ffff-ffffffffffff', begin_time = now() - interval '1 day', due_time = now() WHERE segment_id = '{segment.Id}'");
        await _keeper.DynamicAsync("last_name = \"Nobody else\"");
        await Eventually.HoldsAsync(async () => await _keeper.NamesAsync(segment.Id) == "Ann", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Lists_ask_for_the_members_of_a_segment_by_a_filter()
    {
        await _keeper.PersonAsync("Ann", "CEO");
        await _keeper.PersonAsync("Bob", "CFO");
        await _keeper.PersonAsync("Eve", "CFO");
        var segment = await _keeper.DynamicAsync("job_title = \"CFO\"");
        Assert.Equal("Bob Eve", await ListAsync($"segments:\"{segment.Id}\""));
        Assert.Equal("Ann", await ListAsync($"NOT segments:\"{segment.Id}\""));
        Assert.Equal("Eve", await ListAsync($"segments:\"{segment.Id}\" AND last_name = \"Eve\""));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_FILTER", _keeper.People.ListPeopleAsync(new ListPeopleRequest { Filter = "segments:*" }, cancellationToken: Token));
    }

    [Theory]
    [InlineData("nme = 1", "INVALID_FILTER", "character 1")]
    [InlineData("last_name = \"A\" AND owner_id = user.id", "INVALID_FILTER", "character 21")]
    [InlineData("segments:\"01990000-0000-7000-8000-000000000000\"", "INVALID_ARGUMENT", "other segments")]
    [InlineData("", "INVALID_ARGUMENT", "needs an expression")]
    public async Task An_expression_that_cannot_be_is_refused_with_its_place(string filter, string code, string words)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await _keeper.Segments.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = "Bad", Resource = Keeper.OfPeople, Kind = SegmentKind.Dynamic, Filter = filter } }, cancellationToken: Token));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(words, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(code, refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
    }

    private async Task<string> ListAsync(string filter) =>
        string.Join(' ', (await _keeper.People.ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = "last_name" }, cancellationToken: Token)).People.Select(person => person.LastName));
}
