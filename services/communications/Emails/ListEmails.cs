using Platform.Errors;
using Platform.Paging;

namespace Platform.Communications.Emails;

internal static class ListEmails
{
    public static async Task<Result<V1.ListEmailsResponse>> Handle(V1.ListEmailsRequest request, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        var filter = $"{request.Status}|{request.SourceType}|{request.SourceId}";
        var page = await Filter(db.Emails, request).ToPageAsync(request.PageSize, request.PageToken, filter, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListEmailsResponse { NextPageToken = page.Value.NextPageToken };
        response.Emails.AddRange(page.Value.Items.Select(WithoutBodies));
        return response;
    }

    private static IQueryable<Email> Filter(IQueryable<Email> rows, V1.ListEmailsRequest request)
    {
        if (request.Status != V1.EmailStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.SourceType.Length > 0)
            rows = rows.Where(row => row.SourceType == request.SourceType);
        if (request.SourceId.Length > 0)
            rows = rows.Where(row => row.SourceId == request.SourceId);
        return rows;
    }

    // A page of bodies would be megabytes that nobody reads in a list.
    private static V1.Email WithoutBodies(Email email)
    {
        var message = email.ToMessage();
        message.TextBody = "";
        message.HtmlBody = "";
        return message;
    }
}
