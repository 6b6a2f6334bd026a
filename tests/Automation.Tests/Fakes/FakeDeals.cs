using Grpc.Core;
using Platform.Deals.V1;

namespace Automation.Tests.Fakes;

internal sealed class FakeDeals(World world) : DealsService.DealsServiceBase
{
    public override Task<Deal> GetDeal(GetDealRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return Task.FromResult(Find(request.Id));
    }

    public override Task<Deal> FlagDeal(FlagDealRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        var deal = Find(request.Id);
        (deal.FlagCode, deal.FlagReason) = (request.Code, request.Reason);
        return Task.FromResult(deal);
    }

    public override Task<Deal> CreateDeal(CreateDealRequest request, ServerCallContext context) =>
        Task.FromResult(world.Create(context, world.Deals, request.Deal, (deal, id) => deal.Id = id));

    private Deal Find(string id) => world.Deals.TryGetValue(id, out var deal) ? deal : throw World.NotFound(id);
}
