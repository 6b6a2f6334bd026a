using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Paging;

namespace Platform.Metadata.Dictionaries;

internal static class ListDictionaries
{
    public static async Task<Result<V1.ListDictionariesResponse>> Handle(V1.ListDictionariesRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var page = await ListShapes.Handle(DictionaryKind.Instance, rows => rows, new ListRequest(request.PageSize, request.PageToken), work, cancellationToken);
        return page.IsError ? page.Error : new V1.ListDictionariesResponse { Dictionaries = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }
}
