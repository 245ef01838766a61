using SkiaSharp;

namespace DrAssistant.Data.Import.Demo.Papers;

/// <summary>Pictures as they lie in charts, drawn and not taken: nobody was photographed for them. The same every time. Sizes are pixels.</summary>
internal static class DemoPictures
{
    /// <summary>Three leads on millimetre paper at 25 mm/s and 10 mm/mV, with the calibration pulse before each: no P waves, no two intervals alike. PNG.</summary>
    public static byte[] FibrillatingEcg()
    {
        const int Millimetre = 8;
        const int Across = 200;
        const int Down = 75;
        using var bitmap = new SKBitmap(Across * Millimetre, Down * Millimetre);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(0xFF, 0xF7, 0xF3));
        Paper(canvas, Across, Down, Millimetre);
        using var ink = new SKPaint { Color = new SKColor(0x1B, 0x1B, 0x22), Style = SKPaintStyle.Stroke, StrokeWidth = 2, IsAntialias = true, StrokeJoin = SKStrokeJoin.Round };
        foreach (var (lead, tall) in new[] { 0.9f, 1.25f, -0.7f }.Index())
        {
            using var line = Lead(16 + (24 * lead), tall, Across, Millimetre);
            canvas.DrawPath(line, ink);
        }

        return Encoded(bitmap, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>A chest from the front with a wide heart. JPEG.</summary>
    public static byte[] WideHeart()
    {
        const int Width = 1000;
        const int Height = 1160;
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(14, 14, 16));
        Blot(canvas, 150, 40, path => path.AddRoundRect(new SKRect(90, 90, 910, 1300), 240, 260));
        Blot(canvas, 95, 26, path => path.AddRoundRect(new SKRect(150, 170, 850, 1250), 200, 240));
        foreach (var side in new[] { -1, 1 })
        {
            Shade(canvas, 18, 34, path => path.AddOval(Box(500 + (side * 190), 560, 150, 360)));
            for (var rib = 0; rib < 9; rib++)
            {
                Bone(canvas, 250 + (rib * 72), side, 60 + (rib * 6));
            }

            Blot(canvas, 130, 10, path => path.AddOval(Box(500 + (side * 205), 190, 190, 22)), turned: side * 12); // collar bone
        }

        Blot(canvas, 120, 16, path => path.AddRect(new SKRect(468, 60, 532, 1100)));
        Blot(canvas, 165, 24, path => path.AddOval(Box(560, 700, 225, 185)), turned: 24); // the heart, more than half of the chest
        Blot(canvas, 120, 18, path => path.AddOval(Box(520, 470, 85, 190)));
        foreach (var side in new[] { -1, 1 })
        {
            Blot(canvas, 105, 24, path => path.AddOval(Box(500 + (side * 170), 1120, 215, 205))); // diaphragm
        }

        Grain(bitmap, "x-ray", 5);
        return Encoded(bitmap, SKEncodedImageFormat.Jpeg, 82);
    }

    /// <summary>Red plaques with silvery scale. JPEG.</summary>
    public static byte[] Plaques()
    {
        const int Width = 1200;
        const int Height = 900;
        var dice = new DemoDice("plaques");
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        using var skin = new SKPaint();
        skin.Shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(Width, Height), [new SKColor(0xC9, 0x99, 0x77), new SKColor(0xB5, 0x82, 0x60), new SKColor(0x8F, 0x61, 0x45)], [0, .6f, 1], SKShaderTileMode.Clamp);
        canvas.DrawRect(new SKRect(0, 0, Width, Height), skin);
        foreach (var (x, y, size) in new[] { (430, 380, 190), (770, 520, 130), (640, 200, 70), (330, 660, 80), (900, 270, 45) })
        {
            Spot(canvas, dice, x, y, size * 1.08f, new SKColor(0xA8, 0x5A, 0x48, 0x70), 20);
            Spot(canvas, dice, x, y, size * .98f, new SKColor(0xB0, 0x57, 0x4B, 0xB0), 7);
            for (var flake = 0; flake < size * 5; flake++)
            {
                var (angle, far) = (dice.Below(360) * MathF.PI / 180, MathF.Pow(dice.Below(1000) / 1000f, .62f) * size * .88f);
                var at = new SKPoint(x + (MathF.Cos(angle) * far), y + (MathF.Sin(angle) * far));
                var (wide, pale) = flake % 9 == 0 ? (dice.Between(12, 26), dice.Between(14, 34)) : (dice.Between(2, 6), dice.Between(25, 95));
                Spot(canvas, dice, at.X, at.Y, wide, new SKColor(0xEA, 0xDC, 0xD2, (byte)pale), wide / 3f);
            }
        }

        Grain(bitmap, "skin", 6);
        return Encoded(bitmap, SKEncodedImageFormat.Jpeg, 84);
    }

    private static void Paper(SKCanvas canvas, int across, int down, int millimetre)
    {
        using var thin = new SKPaint { Color = new SKColor(0xF4, 0xC9, 0xC4), StrokeWidth = 1 };
        using var thick = new SKPaint { Color = new SKColor(0xE6, 0x9A, 0x92), StrokeWidth = 1.6f };
        for (var at = 0; at <= across; at++)
        {
            canvas.DrawLine(at * millimetre, 0, at * millimetre, down * millimetre, at % 5 == 0 ? thick : thin);
            if (at <= down)
            {
                canvas.DrawLine(0, at * millimetre, across * millimetre, at * millimetre, at % 5 == 0 ? thick : thin);
            }
        }
    }

    /// <summary>One lead; its lengths are millimetres of the paper.</summary>
    private static SKPath Lead(float middle, float tall, int across, int millimetre)
    {
        var (dice, noise) = (new DemoDice("beats"), new DemoDice("fibrillation", (int)(tall * 100)));
        using var path = new SKPathBuilder();
        path.MoveTo(2 * millimetre, middle * millimetre);
        foreach (var (x, up) in new[] { (4f, 0f), (4f, 10f), (9f, 10f), (9f, 0f), (13f, 0f) })
        {
            path.LineTo(x * millimetre, (middle - up) * millimetre);
        }

        var beat = 18f;
        for (var x = 13f; x < across - 3; x += .25f)
        {
            if (x > beat + 12)
            {
                beat += dice.Between(14, 28);
            }

            var wave = (MathF.Sin(x * 1.9f) * .22f) + (MathF.Sin(x * 3.1f) * .16f) + (noise.Between(-10, 10) / 100f);
            path.LineTo(x * millimetre, (middle - wave - (tall * 10 * Beat(x - beat))) * millimetre);
        }

        return path.Detach();
    }

    /// <summary>Height of a beat at a distance from its R wave, as part of that.</summary>
    private static float Beat(float from)
        => Bell(from, 0, .45f) - (.16f * Bell(from, -.9f, .4f)) - (.26f * Bell(from, 1f, .5f)) + (.22f * Bell(from, 7f, 1.7f));

    private static float Bell(float x, float at, float wide) => MathF.Exp(-(x - at) * (x - at) / (2 * wide * wide));

    private static SKRect Box(float x, float y, float halfWidth, float halfHeight) => new(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);

    private static void Bone(SKCanvas canvas, float y, int side, float fall)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(500 + (side * 40), y);
        builder.CubicTo(500 + (side * 190), y - 46, 500 + (side * 330), y + (fall * .4f), 500 + (side * 352), y + (fall * 1.7f));
        using var path = builder.Detach();
        using var paint = Light(54, 5);
        (paint.Style, paint.StrokeWidth) = (SKPaintStyle.Stroke, 22);
        canvas.DrawPath(path, paint);
    }

    private static void Blot(SKCanvas canvas, byte strength, float soft, Action<SKPathBuilder> outline, float turned = 0)
    {
        using var builder = new SKPathBuilder();
        outline(builder);
        using var path = builder.Detach();
        using var paint = Light(strength, soft);
        canvas.Save();
        canvas.RotateDegrees(turned, path.Bounds.MidX, path.Bounds.MidY);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static void Shade(SKCanvas canvas, byte grey, float soft, Action<SKPathBuilder> outline)
    {
        using var builder = new SKPathBuilder();
        outline(builder);
        using var path = builder.Detach();
        using var paint = Light(210, soft);
        paint.Color = new SKColor(grey, grey, grey, 210);
        canvas.DrawPath(path, paint);
    }

    private static SKPaint Light(byte strength, float soft)
        => new() { Color = new SKColor(235, 238, 240, strength), IsAntialias = true, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, soft) };

    /// <summary>A round with an uneven edge.</summary>
    private static void Spot(SKCanvas canvas, DemoDice dice, float x, float y, float size, SKColor colour, float soft)
    {
        const int Corners = 34;
        using var builder = new SKPathBuilder();
        for (var corner = 0; corner < Corners; corner++)
        {
            var (angle, far) = (corner * 2 * MathF.PI / Corners, size * dice.Between(78, 112) / 100f);
            var at = new SKPoint(x + (MathF.Cos(angle) * far), y + (MathF.Sin(angle) * far));
            if (corner == 0)
            {
                builder.MoveTo(at);
            }
            else
            {
                builder.LineTo(at);
            }
        }

        builder.Close();
        using var path = builder.Detach();
        using var paint = new SKPaint { Color = colour, IsAntialias = true, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, soft) };
        canvas.DrawPath(path, paint);
    }

    /// <summary>What every camera adds.</summary>
    private static void Grain(SKBitmap bitmap, string purpose, int most)
    {
        var dice = new DemoDice(purpose);
        var bytes = bitmap.GetPixelSpan();
        for (var at = 0; at + 3 < bytes.Length; at += 4)
        {
            var more = dice.Between(-most, most);
            for (var colour = 0; colour < 3; colour++)
            {
                bytes[at + colour] = (byte)Math.Clamp(bytes[at + colour] + more, 0, 255);
            }
        }
    }

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }
}
