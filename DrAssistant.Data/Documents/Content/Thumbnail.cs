using SkiaSharp;

namespace DrAssistant.Data.Documents.Content;

/// <summary>A small picture of a picture.</summary>
internal static class Thumbnail
{
    /// <summary>Of the longer side, in pixels.</summary>
    private const int Side = 320;
    private const int Quality = 80;

    /// <summary>What is decoded at most; four bytes each.</summary>
    private const long MostDecoded = 40_000_000;

    /// <summary>A JPEG picture; null of what cannot be drawn, or only at a cost that nobody would pay for a small picture.</summary>
    public static byte[]? Of(byte[] file, string contentType)
    {
        if (DocumentTypes.ShapeOf(contentType) is not DocumentShape.Picture)
        {
            return null;
        }

        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        // A JPEG is decoded at an eighth of its size if that is enough; other pictures only whole.
        var size = codec.GetScaledDimensions(Math.Min(1f, (float)Side / Math.Max(codec.Info.Width, codec.Info.Height)));
        if ((long)size.Width * size.Height > MostDecoded)
        {
            return null;
        }

        using var decoded = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
        {
            return null;
        }

        return Drawn(decoded, codec.EncodedOrigin);
    }

    private static byte[] Drawn(SKBitmap picture, SKEncodedOrigin origin)
    {
        var isTurned = origin is SKEncodedOrigin.RightTop or SKEncodedOrigin.LeftBottom or SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightBottom;
        var (width, height) = isTurned ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var by = Math.Min(1f, (float)Side / Math.Max(width, height));
        using var surface = SKSurface.Create(new SKImageInfo(Math.Max(1, (int)(width * by)), Math.Max(1, (int)(height * by))));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(by);
        Turn(canvas, origin, width, height);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <summary>As the camera was held (Exif 2.3, tag Orientation).</summary>
    private static void Turn(SKCanvas canvas, SKEncodedOrigin origin, int width, int height)
    {
        switch (origin)
        {
            case SKEncodedOrigin.BottomRight:
                canvas.RotateDegrees(180, width / 2f, height / 2f);
                break;
            case SKEncodedOrigin.RightTop:
                canvas.Translate(width, 0);
                canvas.RotateDegrees(90);
                break;
            case SKEncodedOrigin.LeftBottom:
                canvas.Translate(0, height);
                canvas.RotateDegrees(270);
                break;
            case SKEncodedOrigin.TopRight:
                canvas.Scale(-1, 1, width / 2f, 0);
                break;
            case SKEncodedOrigin.BottomLeft:
                canvas.Scale(1, -1, 0, height / 2f);
                break;
        }
    }
}
