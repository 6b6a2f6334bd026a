using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Deals.V1;

namespace Contacts.Tests;

/// <summary>Stands for the deals service, which is another process: knows one deal, whoever asks.</summary>
internal sealed class DealsStandIn : DealsService.DealsServiceClient
{
    public static readonly string Known = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this finds deals away.</summary>
    public static readonly string Unreachable = Guid.CreateVersion7().ToString();

    /// <summary>What is done when somebody asks for one of these deals, which are there too.</summary>
    public static ConcurrentDictionary<string, Func<Task>> Watched { get; } = new();

    public override AsyncUnaryCall<Deal> GetDealAsync(GetDealRequest request, CallOptions options)
    {
        var status = request.Id == Known || Watched.ContainsKey(request.Id) ? Status.DefaultSuccess : new Status(request.Id == Unreachable ? StatusCode.Unavailable : StatusCode.NotFound, "");
        var response = status.StatusCode == StatusCode.OK ? FindAsync(request.Id) : Task.FromException<Deal>(new RpcException(status));
        return new AsyncUnaryCall<Deal>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }

    /// <summary>What is done while a deal of this name is made.</summary>
    public static ConcurrentDictionary<string, Func<CreateDealRequest, Task>> Making { get; } = new();

    /// <summary>The deals that conversions have begun, by their ids.</summary>
    public static ConcurrentDictionary<string, Deal> Made { get; } = new();

    public override AsyncUnaryCall<Deal> CreateDealAsync(CreateDealRequest request, CallOptions options)
    {
        return new AsyncUnaryCall<Deal>(MakeAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        async Task<Deal> MakeAsync()
        {
            if (Making.TryGetValue(request.Deal.Name, out var meanwhile))
                await meanwhile(request);
            return Made[request.ConversionId] = new Deal(request.Deal) { Id = request.ConversionId };
        }
    }

    public override AsyncUnaryCall<Google.Protobuf.WellKnownTypes.Empty> DeleteDealAsync(DeleteDealRequest request, CallOptions options)
    {
        var response = Made.TryRemove(request.Id, out _)
            ? Task.FromResult(new Google.Protobuf.WellKnownTypes.Empty())
            : Task.FromException<Google.Protobuf.WellKnownTypes.Empty>(new RpcException(new Status(StatusCode.NotFound, "")));
        return new AsyncUnaryCall<Google.Protobuf.WellKnownTypes.Empty>(response, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override AsyncUnaryCall<ListDealsResponse> ListDealsAsync(ListDealsRequest request, CallOptions options) => OtherLists.Answer(
        "deals", request.Filter, (records, next) => new ListDealsResponse
        {
            Deals = { records.Select(record => record.Field == "person_id" ? new Deal { PersonId = record.Id } : record.Field == "contacts" ? new Deal { Contacts = { new DealContact { PersonId = record.Id } } } : new Deal { CompanyId = record.Id }) },
            NextPageToken = next,
        });

    private static async Task<Deal> FindAsync(string id)
    {
        if (Watched.TryGetValue(id, out var watch))
            await watch();
        return new Deal { Id = id };
    }
}
