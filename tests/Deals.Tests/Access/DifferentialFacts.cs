using System.Globalization;
using CsCheck;
using Grpc.Core;
using Platform.Access.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Access;

/// <summary>
/// Random companies: what lists, single reads, updates, deletes, creations and the explanation say of every person and every
/// record is what the reference says.
/// </summary>
public sealed class DifferentialFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public Task The_engine_agrees_with_the_reference_on_every_person_record_and_action() => AgreesAsync(companies: 12);

    [Fact]
    [Trait("category", "long")]
    public Task It_does_so_in_a_hundred_companies() => AgreesAsync(companies: 100);

    private Task AgreesAsync(long companies) => Worlds.All.SampleAsync(CheckAsync, iter: companies, threads: 1);

    private async Task CheckAsync(World world)
    {
        var tenant = Guid.CreateVersion7();
        var administrator = new Administrator(deals, tenant);
        foreach (var person in world.People)
            deals.Access.Set(tenant, world.AccessOf(person));
        var ids = new List<string>();
        foreach (var record in world.Records)
            ids.Add(await administrator.CreateAsync(record));
        foreach (var person in world.People)
            await CheckAsync(world, person, tenant, ids, administrator);
        foreach (var person in world.People)
            await CheckDeletingAsync(world, person, tenant, administrator);
    }

    private async Task CheckAsync(World world, Person person, Guid tenant, List<string> ids, Administrator administrator)
    {
        var client = Client(tenant, person);
        var listed = (await client.ListDealsAsync(new ListDealsRequest { PageSize = 200 }, cancellationToken: Samples.Token)).Deals.Select(deal => deal.Id).ToHashSet();
        foreach (var (record, id) in world.Records.Zip(ids))
        {
            var readable = Reference.Allows(world, person, "read", record);
            Assert.Equal(readable, listed.Contains(id));
            Assert.Equal(readable ? StatusCode.OK : StatusCode.NotFound, await StatusOf(client.GetDealAsync(new GetDealRequest { Id = id })));
            Assert.Equal(Writing(world, person, "update", record, readable), await StatusOf(client.FlagDealAsync(new FlagDealRequest { Id = id, Code = $"F{Guid.NewGuid():N}".ToUpperInvariant() })));
            foreach (var action in new[] { "read", "create", "update", "delete", "export" })
            {
                var explained = await administrator.Access.ExplainAccessAsync(new ExplainAccessRequest { User = person.Id.ToString(), Resource = "deals.deal", Action = action, Id = id });
                Assert.Equal(Reference.Allows(world, person, action, record), explained.Allowed);
            }
        }

        foreach (var record in world.Records.Where(record => record is { Status: DealStatus.Open, Owner: not null }))
        {
            var created = await StatusOf(client.CreateDealAsync(new CreateDealRequest { Deal = Administrator.DealOf(record) }));
            Assert.Equal(Reference.Allows(world, person, "create", record) ? StatusCode.OK : StatusCode.PermissionDenied, created);
        }
    }

    private async Task CheckDeletingAsync(World world, Person person, Guid tenant, Administrator administrator)
    {
        foreach (var record in world.Records.Where(record => record.Status == DealStatus.Open))
        {
            var id = await administrator.CreateAsync(record);
            var readable = Reference.Allows(world, person, "read", record);
            Assert.Equal(Writing(world, person, "delete", record, readable), await StatusOf(Client(tenant, person).DeleteDealAsync(new DeleteDealRequest { Id = id })));
        }
    }

    private static StatusCode Writing(World world, Person person, string action, Record record, bool readable) =>
        !person.MayWrite ? StatusCode.PermissionDenied
        : !readable ? StatusCode.NotFound
        : Reference.Allows(world, person, action, record) ? StatusCode.OK : StatusCode.PermissionDenied;

    private DealsService.DealsServiceClient Client(Guid tenant, Person person) => new(deals.Grpc(TestTokens.ForPerson(tenant, person.Id)));

    private static async Task<StatusCode> StatusOf<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}

/// <summary>Somebody whom no policy concerns; makes the records, and asks for explanations.</summary>
internal sealed class Administrator(DealsFixture deals, Guid tenant)
{
    private readonly CallInvoker _invoker = deals.GrpcFor(tenant, "deals.read", "deals.write", "tenants.admin");

    public DealsAccessService.DealsAccessServiceClient Access => new(_invoker);

    public static Deal DealOf(Record record) => new()
    {
        Name = "Deal",
        Currency = "EUR",
        OwnerId = record.Owner.ToString(),
        AmountEstimate = Samples.Money(record.Amount.ToString(CultureInfo.InvariantCulture)),
        CompanyId = record.HasCompany ? ContactsStandIn.Company : "",
    };

    public async Task<string> CreateAsync(Record record)
    {
        var client = new DealsService.DealsServiceClient(_invoker);
        var id = (await client.CreateDealAsync(new CreateDealRequest { Deal = DealOf(record) })).Id;
        if (record.Status == DealStatus.Lost)
            await client.LoseDealAsync(new LoseDealRequest { Id = id });
        foreach (var share in record.Shares)
        {
            var with = share.IsTeam ? new Share { TeamId = share.With.ToString(), Level = share.Level } : new Share { UserId = share.With.ToString(), Level = share.Level };
            await Access.ShareRecordAsync(new ShareRecordRequest { Resource = "deals.deal", Id = id, Share = with });
        }

        return id;
    }
}
