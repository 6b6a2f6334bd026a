using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Search.Searching;

/// <summary>The RPC table of search.</summary>
internal sealed class SearchService(SearchRecords search) : V1.SearchService.SearchServiceBase
{
    [AnyMember]
    public override Task<V1.SearchResponse> Search(V1.SearchRequest request, ServerCallContext context) =>
        search.HandleAsync(request, context.CancellationToken).Reply();
}
