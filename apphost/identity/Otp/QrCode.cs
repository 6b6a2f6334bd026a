using System.Text;
using Platform.Identity.Pages;
using QRCoder;

namespace Platform.Identity.Otp;

/// <summary>A QR code as an image within the page: no other address sees the secret in it.</summary>
internal static class QrCode
{
    public static Html Svg(string content, string description)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                if (data.ModuleMatrix[row][column]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
        return Html.Of($"""
            <svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{description}" shape-rendering="crispEdges"><path d="{path.ToString()}"/></svg>
            """);
    }
}
