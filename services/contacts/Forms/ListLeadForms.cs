using Platform.Errors;
using Platform.Paging;

namespace Platform.Contacts.Forms;

internal static class ListLeadForms
{
    public static async Task<Result<V1.ListLeadFormsResponse>> Handle(V1.ListLeadFormsRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var page = await db.LeadForms.ToPageAsync(request.PageSize, request.PageToken, "", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListLeadFormsResponse { NextPageToken = page.Value.NextPageToken };
        response.LeadForms.AddRange(page.Value.Items.Select(form => form.ToMessage()));
        return response;
    }
}
