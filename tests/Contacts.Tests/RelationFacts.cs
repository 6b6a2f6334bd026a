using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests;

/// <summary>What people and companies are to each other, and which company belongs to which.</summary>
public sealed class RelationFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RelationsService.RelationsServiceClient Us => new(contacts.GrpcFor(_tenant, All));

    [Fact]
    public async Task Two_records_have_as_many_relations_as_there_are_labels_and_each_is_told_from_both_ends()
    {
        var (ann, bob, acme) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await CompanyAsync("Acme"));
        var keeps = await CreateAsync(new Relation { FromPersonId = ann, ToCompanyId = acme, Label = " Accountant ", ReverseLabel = "Client" });
        Assert.Equal((RelationKind.Labelled, "Accountant", "Client"), (keeps.Kind, keeps.Label, keeps.ReverseLabel));
        await CreateAsync(new Relation { FromPersonId = ann, ToCompanyId = acme, Label = "Shareholder" });
        await CreateAsync(new Relation { FromPersonId = ann, ToPersonId = bob, Label = "Sister" });
        Assert.Equal((3, 1, 2), (await CountAsync(person: ann), await CountAsync(person: bob), await CountAsync(company: acme)));
        await Expect.FailsAsync(StatusCode.AlreadyExists, "RELATION_EXISTS", Create(new Relation { FromPersonId = ann, ToCompanyId = acme, Label = "accountant" }));
        foreach (var wrong in (Relation[])[new() { FromPersonId = ann, Label = "x" }, new() { FromPersonId = ann, FromCompanyId = acme, ToPersonId = bob, Label = "x" }, new() { FromPersonId = ann, ToPersonId = bob }, new() { FromPersonId = ann, ToPersonId = ann, Label = "x" },
            new() { FromPersonId = ann, ToPersonId = $"{Guid.CreateVersion7()}", Label = "x" }, new() { FromPersonId = ann, ToCompanyId = acme, Kind = RelationKind.Parent }])
            await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(wrong));

        var changed = await Us.UpdateRelationAsync(new UpdateRelationRequest { Relation = new Relation { Id = keeps.Id, Etag = keeps.Etag, Label = "Auditor" } }, cancellationToken: Token);
        Assert.Equal(("Auditor", "Client"), (changed.Label, changed.ReverseLabel));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Us.DeleteRelationAsync(new DeleteRelationRequest { Id = keeps.Id, Etag = keeps.Etag }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Us.UpdateRelationAsync(new UpdateRelationRequest { Relation = new Relation { Id = keeps.Id, ToCompanyId = await CompanyAsync("Other") } }, cancellationToken: Token));
        var others = new RelationsService.RelationsServiceClient(contacts.GrpcFor(Guid.CreateVersion7(), All));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", others.GetRelationAsync(new GetRelationRequest { Id = keeps.Id }, cancellationToken: Token));
        Assert.Empty((await others.ListRelationsAsync(new ListRelationsRequest { PersonId = ann }, cancellationToken: Token)).Relations);
        await Us.DeleteRelationAsync(new DeleteRelationRequest { Id = keeps.Id, Etag = changed.Etag }, cancellationToken: Token);
        // Who goes takes along what he was to others.
        await contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = ann }, cancellationToken: Token);
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM relations WHERE tenant_id = '{_tenant}'"));
        // Each is told of with both ends, also one that went with a record.
        Assert.Equal((1L, 1L, 1L), (await contacts.EventsAsync("RelationCreated", keeps.Id), await contacts.EventsAsync("RelationUpdated", keeps.Id), await contacts.EventsAsync("RelationDeleted", keeps.Id)));
        Assert.Equal(3, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = 'platform.contacts.v1.RelationDeleted'"));
        Assert.Equal(["create", "delete", "update"], (await contacts.Database.QueryAsync<string>($"SELECT string_agg(action, ' ' ORDER BY action) FROM audit_entries WHERE resource_id = '{keeps.Id}'")).Split(' '));
    }

    [Fact]
    public async Task A_relation_is_seen_with_both_records_and_written_by_who_may_change_one()
    {
        var (ann, bob, eve) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await PersonAsync("Eve"));
        var (open, closed) = (await CreateAsync(new Relation { FromPersonId = ann, ToPersonId = bob, Label = "Partner" }), await CreateAsync(new Relation { FromPersonId = ann, ToPersonId = eve, Label = "Partner" }));
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { All },
            Policies =
            {
                new AccessPolicy { Id = "p", Name = "All but Eve", Resource = "contacts.person", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "last_name != Eve" },
                new AccessPolicy { Id = "q", Name = "Ann", Resource = "contacts.person", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "update" }, Filter = "last_name = Zoe" },
            },
        });
        var narrow = new RelationsService.RelationsServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        Assert.Equal([open.Id], (await narrow.ListRelationsAsync(new ListRelationsRequest { PersonId = ann }, cancellationToken: Token)).Relations.Select(relation => relation.Id));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", narrow.GetRelationAsync(new GetRelationRequest { Id = closed.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", narrow.CreateRelationAsync(new CreateRelationRequest { Relation = new Relation { FromPersonId = bob, ToPersonId = eve, Label = "x" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", narrow.DeleteRelationAsync(new DeleteRelationRequest { Id = open.Id }, cancellationToken: Token));
        var zoe = await PersonAsync("Zoe");
        await narrow.CreateRelationAsync(new CreateRelationRequest { Relation = new Relation { FromPersonId = ann, ToPersonId = zoe, Label = "x" } }, cancellationToken: Token);
    }

    [Fact]
    public async Task A_company_has_one_parent_and_is_below_itself_nowhere_also_where_several_are_made_at_once()
    {
        var companies = new List<string>();
        foreach (var name in new[] { "Holding", "Steel", "Wire", "Nails" })
            companies.Add(await CompanyAsync(name));
        var (holding, steel, wire, nails) = (companies[0], companies[1], companies[2], companies[3]);
        await ParentAsync(holding, steel);
        await ParentAsync(steel, wire);
        await ParentAsync(steel, nails);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "COMPANY_HAS_PARENT", Parent(holding, nails));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "HIERARCHY_LOOP", Parent(wire, holding));
        var tree = await Us.GetCompanyHierarchyAsync(new GetCompanyHierarchyRequest { CompanyId = wire }, cancellationToken: Token);
        Assert.Equal([(holding, "", "Holding"), (steel, holding, "Steel"), (wire, steel, "Wire"), (nails, steel, "Nails")], tree.Companies.Select(node => (node.CompanyId, node.ParentId, node.Name)));
        // Of two that would make a loop together, one is refused.
        var (one, two) = (await CompanyAsync("One"), await CompanyAsync("Two"));
        var outcomes = await Task.WhenAll(new[] { (one, two), (two, one) }.Select(async pair =>
        {
            try
            {
                await ParentAsync(pair.Item1, pair.Item2);
                return "";
            }
            catch (RpcException refused)
            {
                return refused.Status.StatusCode.ToString();
            }
        }));
        Assert.Equal(["", nameof(StatusCode.FailedPrecondition)], outcomes.Order());

        // A merge leads relations to the record that stays, and to itself nowhere; taken back, all is as it was.
        var before = await StateAsync();
        await contacts.Companies(_tenant).MergeCompanyAsync(new MergeCompanyRequest { Id = wire, Merged = { new MergedRecord { Id = steel }, new MergedRecord { Id = nails } } }, cancellationToken: Token);
        tree = await Us.GetCompanyHierarchyAsync(new GetCompanyHierarchyRequest { CompanyId = steel }, cancellationToken: Token);
        Assert.Equal([(holding, ""), (wire, holding)], tree.Companies.Select(node => (node.CompanyId, node.ParentId)));
        Assert.Equal(1, await CountAsync(company: nails));
        await contacts.Companies(_tenant).UnmergeCompanyAsync(new UnmergeCompanyRequest { Id = wire }, cancellationToken: Token);
        Assert.Equal(before, await StateAsync());
    }

    private Task<string> StateAsync() => contacts.Database.QueryAsync<string>($"SELECT jsonb_agg(to_jsonb(row) - 'update_time' ORDER BY id)::text FROM relations AS row WHERE tenant_id = '{_tenant}'");

    private async Task<string> PersonAsync(string name) => (await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = name } }, cancellationToken: Token)).Id;

    private async Task<string> CompanyAsync(string name) => (await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name } }, cancellationToken: Token)).Id;

    private AsyncUnaryCall<Relation> Create(Relation relation) => Us.CreateRelationAsync(new CreateRelationRequest { Relation = relation }, cancellationToken: Token);

    private async Task<Relation> CreateAsync(Relation relation) => await Create(relation);

    private AsyncUnaryCall<Relation> Parent(string parent, string child) => Create(new Relation { Kind = RelationKind.Parent, FromCompanyId = parent, ToCompanyId = child });

    private async Task ParentAsync(string parent, string child) => await Parent(parent, child);

    private async Task<int> CountAsync(string person = "", string company = "") =>
        (await Us.ListRelationsAsync(new ListRelationsRequest { PersonId = person, CompanyId = company }, cancellationToken: Token)).Relations.Count;
}
